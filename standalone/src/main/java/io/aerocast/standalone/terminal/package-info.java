/// Text, colours and small pictures on a terminal.
@NullMarked
package io.aerocast.standalone.terminal;

import org.jspecify.annotations.NullMarked;
