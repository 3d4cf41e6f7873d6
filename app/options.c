#include "app/options.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "base/text.h"

enum { ROWS_MAX = 32 };

static usage_reader *described_to;
static void *described_context;

int command_usage_error(const char *name, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "vigie %s: ", name);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\nvigie %s --help tells how it is called\n", name);
    va_end(arguments);
    return EXIT_USAGE;
}

/* How much of the words fits into `room`, cut at a blank. */
static size_t fitting(const char *words, size_t room)
{
    size_t length = strlen(words);
    if (length <= room)
        return length;
    for (length = room; length > 0 && words[length] != ' '; length--)
        ;
    return length ? length : room;
}

/* Two columns, within the 100 characters of a terminal. */
static void print_row(const char *left, const char *help)
{
    enum { LEFT = 26, RIGHT = 70 };
    const char *between = strlen(left) > LEFT ? "\n" : "";
    printf("  %-*s%s", LEFT, left, between);
    while (*help) {
        size_t length = fitting(help, RIGHT);
        printf("%*s%.*s\n", *between ? LEFT + 3 : 1, "", (int)length, help);
        help += length + strspn(help + length, " ");
        between = "\n";
    }
}

static void print_help(const struct usage *usage)
{
    printf("usage: vigie %s%s%s\n\n%s\n\n", usage->command, usage->operand ? " " : "",
           usage->operand ? usage->operand : "", usage->does);
    for (const struct option_row *row = usage->options; row->name; row++) {
        char left[64];
        snprintf(left, sizeof left, "--%s %s", row->name, row->placeholder ? row->placeholder : "");
        print_row(left, row->help);
    }
    print_row("--help", "this text");
}

void options_describe_to(usage_reader *reader, void *context)
{
    described_to = reader;
    described_context = context;
}

static int help(const struct usage *usage)
{
    if (described_to)
        described_to(described_context, usage);
    else
        print_help(usage);
    return EXIT_DONE;
}

static const struct option_row *find(const struct usage *usage, const char *name, size_t length)
{
    for (const struct option_row *row = usage->options; row->name; row++)
        if (strlen(row->name) == length && strncmp(row->name, name, length) == 0)
            return row;
    return NULL;
}

static int unknown_option(const struct usage *usage, const char *word)
{
    const char *names[ROWS_MAX + 1] = {0};
    size_t count = 0;
    for (const struct option_row *row = usage->options; row->name && count < ROWS_MAX; row++)
        names[count++] = row->name;
    const char *nearest = text_nearest(word + strspn(word, "-"), names);
    if (nearest)
        return command_usage_error(usage->command, "there is no option %s; did you mean --%s?", word,
                                   nearest);
    return command_usage_error(usage->command, "there is no option %s", word);
}

static bool add_to_list(struct option_list *list, const char *argument)
{
    if (list->count == OPTION_LIST_MOST)
        return false;
    list->items[list->count++] = argument;
    return true;
}

/* False: the argument is not what the row wants. */
static bool store(const struct option_row *row, const char *argument)
{
    char *end = NULL;
    errno = 0;
    if (row->text)
        *row->text = argument;
    else if (row->list)
        return add_to_list(row->list, argument);
    else if (row->number)
        *row->number = strtol(argument, &end, 10);
    else
        *row->real = strtod(argument, &end);
    return !end || (errno == 0 && end != argument && *end == '\0');
}

/* Reads the option at argv[*at] and moves *at to its last word. */
static int read_option(const struct usage *usage, int argc, char **argv, int *at)
{
    const char *word = argv[*at];
    const char *equals = strchr(word, '=');
    size_t length = equals ? (size_t)(equals - word) - 2 : strlen(word) - 2;
    const struct option_row *row = find(usage, word + 2, length);
    if (!row)
        return unknown_option(usage, word);
    if (row->flag && equals)
        return command_usage_error(usage->command, "--%s takes no value", row->name);
    if (row->flag) {
        *row->flag = true;
        return OPTIONS_READ;
    }
    const char *argument = equals ? equals + 1 : *at + 1 < argc ? argv[++*at] : NULL;
    if (!argument)
        return command_usage_error(usage->command, "--%s wants %s", row->name, row->placeholder);
    if (row->list && row->list->count == OPTION_LIST_MOST)
        return command_usage_error(usage->command, "--%s can be given %d times", row->name, OPTION_LIST_MOST);
    if (!store(row, argument))
        return command_usage_error(usage->command, "--%s wants a number, not \"%s\"", row->name, argument);
    return OPTIONS_READ;
}

int options_read(const struct usage *usage, int argc, char **argv, const char **operand)
{
    const char *given = NULL;
    for (int at = 1; at < argc; at++) {
        if (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0)
            return help(usage);
        if (text_starts_with(argv[at], "--")) {
            int status = read_option(usage, argc, argv, &at);
            if (status != OPTIONS_READ)
                return status;
        } else if (text_starts_with(argv[at], "-")) {
            return unknown_option(usage, argv[at]);
        } else if (usage->operand && !given) {
            given = argv[at];
        } else {
            return command_usage_error(usage->command, "\"%s\" is one word too many", argv[at]);
        }
    }
    if (usage->operand && usage->operand[0] != '[' && !given)
        return command_usage_error(usage->command, "%s is missing", usage->operand);
    if (operand)
        *operand = given;
    return OPTIONS_READ;
}
