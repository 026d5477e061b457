/// Words, colours and small pictures for a person in front of a terminal.
@NullMarked
package io.aerocast.standalone.terminal;

import org.jspecify.annotations.NullMarked;
