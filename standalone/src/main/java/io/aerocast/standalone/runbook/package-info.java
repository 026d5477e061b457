/// One command for each step that can be done by hand.
@NullMarked
package io.aerocast.standalone.runbook;

import org.jspecify.annotations.NullMarked;
