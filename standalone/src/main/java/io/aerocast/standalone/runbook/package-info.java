/// One command for each step that a person may want to do by hand.
@NullMarked
package io.aerocast.standalone.runbook;

import org.jspecify.annotations.NullMarked;
