/// The live page in a browser.
@NullMarked
package io.aerocast.page;

import org.jspecify.annotations.NullMarked;
