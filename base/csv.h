#ifndef BASE_CSV_H
#define BASE_CSV_H

/*
 * Tables as text: cells with commas between them, rows with line ends. A cell in quotes may hold commas,
 * line ends, and quotes written twice.
 */

#include <stdbool.h>

/*
 * Cuts one cell off the text in place: `*cell` is it, unquoted, and `*rest` what comes behind. True if
 * another cell of the same row follows. A text of no more rows begins with a NUL.
 */
bool csv_next_cell(char **rest, char **cell);

#endif
