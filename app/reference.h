#ifndef APP_REFERENCE_H
#define APP_REFERENCE_H

/*
 * What the package says about the program, made from the tables that the program itself reads: the pages
 * vigie(1) and vigie-board(5) as roff, and the completion for bash. So the pages cannot drift away from it.
 *
 * Hidden from --help, since nobody but the package's build calls it:
 *     vigie --reference man | board | bash
 */

#include <stddef.h>

#include "app/command.h"
#include "base/text.h"
#include "base/yaml.h"

/* argv[1] is one of the three words. Gives the exit status. */
int reference_main(int argc, char **argv, const struct command *commands, size_t count);

/* The page about a file that is one record of the table, into `out`. */
void reference_write_board(struct text *out, const struct yaml_table *table);

/* The commands are called with --help, to learn their options. */
void reference_write_man(struct text *out, const struct command *commands, size_t count);
void reference_write_completion(struct text *out, const struct command *commands, size_t count);

/* Appends `words` as running text of a roff page: what roff would take for its own is escaped. */
void reference_write_words(struct text *out, const char *words);

#endif
