package io.aerocast.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersAlignToTheRight() {
        Table table = new Table("test", "value")
                .row("skill", "-0.5")
                .row("coverage", "0.91")
                .row("none", "-");

        assertThat(table.lines())
                .containsExactly(
                        "test      value", //
                        "skill      -0.5",
                        "coverage   0.91",
                        "none          -");
    }

    @Test
    void aColumnWithTextAlignsToTheLeft() {
        assertThat(new Table("a", "b").row("1", "x").row("22", "3").lines()).containsExactly(" a  b", " 1  x", "22  3");
    }

    @Test
    void rejectsARowOfAnotherLength() {
        assertThatThrownBy(() -> new Table("a", "b").row("1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A row needs 2 cells, found [1]");
    }
}
