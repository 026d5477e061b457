/// The demo: watches the system from outside, as any client could, tells the story and gives the verdict.
@NullMarked
package io.aerocast.standalone.demo;

import org.jspecify.annotations.NullMarked;
