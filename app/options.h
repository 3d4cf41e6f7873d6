#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

/*
 * The words after a command, read from a table that also prints its help.
 *
 *     static const char *out;
 *     const struct option_row options[] = {
 *         {"out", "FILE.png", .text = &out, .help = "where the picture goes"}, …, {0}};
 *     const struct usage usage = {"render", "BOARD", "one picture without a display", options};
 *     int status = options_read(&usage, argc, argv, &board);
 *     if (status != OPTIONS_READ) return status;
 */

#include <stdbool.h>
#include <stddef.h>

enum { OPTION_LIST_MOST = 24 };

struct option_list {
    size_t count;
    const char *items[OPTION_LIST_MOST];
};

struct option_row {
    const char *name;         /* without its "--"; NULL ends the table */
    const char *placeholder;  /* of its argument in the help; NULL: a flag */
    const char **text;        /* gets the argument as it is */
    long *number;             /* or a whole number */
    double *real;             /* or any number */
    bool *flag;               /* or true */
    struct option_list *list; /* or may be given several times */
    const char *help;
};

struct usage {
    const char *command;
    const char *operand; /* what the one word without dashes is, in the help: "BOARD", "[BOARD]"; NULL: none
                            is taken */
    const char *does;
    const struct option_row *options;
};

enum { OPTIONS_READ = -1 };

/*
 * Fills what the rows point to, and *operand (NULL where it was not given; only "[X]" may be left
 * out). Gives OPTIONS_READ, or the exit status with which the command is to end: after --help, or
 * after a mistake that it has printed.
 */
int options_read(const struct usage *usage, int argc, char **argv, const char **operand);

/*
 * From now on --help hands the table to `reader` instead of printing it: the man page and the completion are
 * made of what the commands themselves read. NULL: it is printed again.
 */
typedef void usage_reader(void *context, const struct usage *usage);
void options_describe_to(usage_reader *reader, void *context);

#endif
