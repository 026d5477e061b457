/// Reading CSV files. The only package that knows the CSV library.
@NullMarked
package io.aerocast.csv;

import org.jspecify.annotations.NullMarked;
