/// The demo: runs the system, follows it from outside as any client could, and prints what happens.
@NullMarked
package io.aerocast.standalone.demo;

import org.jspecify.annotations.NullMarked;
