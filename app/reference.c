#include "app/reference.h"

#include <stdio.h>
#include <string.h>

#include "app/config_reading.h"
#include "app/options.h"

/* ---- roff ---- */

void reference_write_words(struct text *out, const char *words)
{
    bool at_line_start = true;
    for (const char *at = words; *at; at++) {
        if (at_line_start && (*at == '.' || *at == '\''))
            text_append(out, "\\&");
        if (*at == '\\')
            text_append(out, "\\e");
        else if (*at == '-')
            text_append(out, "\\-");
        else
            text_append_bytes(out, at, 1);
        at_line_start = *at == '\n';
    }
}

static void write_line(struct text *out, const char *macro, const char *words)
{
    text_append_format(out, "%s ", macro);
    reference_write_words(out, words);
    text_append(out, "\n");
}

static void write_title(struct text *out, const char *name, int section, const char *about)
{
    text_append_format(out, ".TH %s %d \"\" \"vigie %s\" \"%s\"\n", name, section, VIGIE_VERSION, about);
}

/* ---- vigie(1) ---- */

/* Lines stay apart: most are sentences, some are patterns. */
static void write_paragraph(struct text *out, const char *words)
{
    text_append(out, ".nf\n");
    reference_write_words(out, words);
    text_append(out, "\n.fi\n");
}

static void write_option(struct text *out, const struct option_row *row)
{
    text_append(out, ".TP\n\\fB\\-\\-");
    reference_write_words(out, row->name);
    text_append(out, "\\fR");
    if (row->placeholder) {
        text_append(out, " \\fI");
        reference_write_words(out, row->placeholder);
        text_append(out, "\\fR");
    }
    text_append(out, "\n");
    reference_write_words(out, row->help);
    text_append(out, "\n");
}

static void write_command(void *context, const struct usage *usage)
{
    struct text *out = context;
    text_append(out, ".SS ");
    reference_write_words(out, "vigie ");
    reference_write_words(out, usage->command);
    if (usage->operand)
        text_append_format(out, " %s", usage->operand);
    text_append(out, "\n");
    write_paragraph(out, usage->does);
    for (const struct option_row *row = usage->options; row->name; row++)
        write_option(out, row);
}

/* Each command tells its table when it is asked for help. */
static void ask_all(usage_reader *reader, void *context, const struct command *commands, size_t count)
{
    options_describe_to(reader, context);
    for (size_t i = 0; i < count; i++) {
        char name[32], help[] = "--help";
        snprintf(name, sizeof name, "%s", commands[i].name);
        char *words[] = {name, help, NULL};
        commands[i].run(2, words);
    }
    options_describe_to(NULL, NULL);
}

static void write_synopsis(struct text *out, const struct command *commands, size_t count)
{
    text_append(out, ".SH SYNOPSIS\n");
    for (size_t i = 0; i < count; i++) {
        text_append_format(out, ".B vigie %s\n", commands[i].name);
        reference_write_words(out, commands[i].arguments);
        text_append(out, *commands[i].arguments ? "\n.br\n" : ".br\n");
    }
    text_append(out, ".B vigie \\-\\-version\n");
}

static const char after_commands[] =
    ".SH EXIT STATUS\n"
    "0 done; 1 what was asked for failed, or has errors; 2 the command line makes no sense.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B VIGIE_ASSETS\n"
    "the folder of KPIs, adapters, boards, themes, languages and fonts; /usr/share/vigie if not set.\n"
    ".TP\n.B SDL_VIDEODRIVER\n"
    "the display: wayland, x11 or kmsdrm; whichever is there if not set.\n"
    ".TP\n.B VIGIE_RENDERER\n"
    "SDL's renderer; opengles2 on KMSDRM, else software, if not set.\n"
    ".SH FILES\n"
    ".TP\n.I /etc/vigie/board.yaml\nthe board that the service shows.\n"
    ".TP\n.I /etc/vigie/secrets/\nsecrets, one a file, each readable by its owner, the account vigie, "
    "alone.\n"
    ".SH SEE ALSO\n"
    ".BR vigie\\-board (5),\n"
    ".BR vigie\\-setup (8)\n";

void reference_write_man(struct text *out, const struct command *commands, size_t count)
{
    write_title(out, "VIGIE", 1, "User Commands");
    text_append(out, ".SH NAME\nvigie \\- the wall of a contact centre, told truthfully\n");
    write_synopsis(out, commands, count);
    text_append(out, ".SH COMMANDS\n");
    ask_all(write_command, out, commands, count);
    text_append(out, after_commands);
}

/* ---- vigie-board(5) ---- */

/* How a value of each kind is written; a record and a list have a section of their own. */
static const char *const kind_words[YAML_KIND_COUNT] = {
    [YAML_KIND_TEXT] = "text",
    [YAML_KIND_NUMBER] = "number",
    [YAML_KIND_INTEGER] = "whole number",
    [YAML_KIND_BOOL] = "true | false",
    [YAML_KIND_DURATION] = "duration: 30s, 5m, 8h, 2d, or seconds",
    [YAML_KIND_PERCENT] = "percentage: 80 %, or 80",
    [YAML_KIND_SIZE] = "columns x rows: 3x2",
    [YAML_KIND_LIMIT] = "80, 80 %, 2m, or a band [low, high]",
    [YAML_KIND_TEXT_MAP] = "names and texts",
    [YAML_KIND_RECORD] = "see below",
    [YAML_KIND_RECORDS] = "list, see below",
    [YAML_KIND_JSON] = "anything",
    [YAML_KIND_ANY] = "anything",
    [YAML_KIND_OWN] = "value",
};

enum { TABLES_MAX = 64 };

/* The page on its way, with the tables that have their section: `when` stands in three places. */
struct page {
    struct text *out;
    const struct yaml_table *written[TABLES_MAX];
    size_t count;
};

static void write_kind(struct text *out, const struct yaml_field *field)
{
    if (field->kind != YAML_KIND_CHOICE) {
        reference_write_words(out, kind_words[field->kind]);
        return;
    }
    for (size_t i = 0; field->choices[i]; i++) {
        text_append(out, i ? " | " : "");
        reference_write_words(out, field->choices[i]);
    }
}

static void write_range(struct text *out, const struct yaml_field *field)
{
    if (field->min >= field->max || (field->kind != YAML_KIND_NUMBER && field->kind != YAML_KIND_INTEGER))
        return;
    char range[80];
    snprintf(range, sizeof range, ", %.15g to %.15g", field->min, field->max);
    reference_write_words(out, range);
}

static void write_default(struct text *out, const struct yaml_table *table, const struct yaml_field *field)
{
    bool is_word = field->kind == YAML_KIND_TEXT || field->kind == YAML_KIND_CHOICE;
    if (!table->defaults || field->later || !is_word)
        return;
    const char *word;
    memcpy(&word, (const char *)table->defaults + field->offset, sizeof word);
    if (!word || !*word)
        return;
    text_append(out, ", ");
    reference_write_words(out, word);
    text_append(out, " if not given");
}

static void write_field(struct text *out, const struct yaml_table *table, const struct yaml_field *field)
{
    text_append(out, ".TP\n\\fB");
    reference_write_words(out, field->key);
    text_append(out, "\\fR: \\fI");
    write_kind(out, field);
    text_append(out, "\\fR");
    write_range(out, field);
    write_default(out, table, field);
    text_append(out, field->required ? " (required)\n" : "\n");
    reference_write_words(out, field->help ? field->help : "");
    text_append(out, field->later ? " (known, but not acted on yet)\n" : "\n");
}

static bool has_section(const struct page *page, const struct yaml_table *table)
{
    for (size_t i = 0; i < page->count; i++)
        if (page->written[i] == table)
            return true;
    return page->count == TABLES_MAX;
}

static void write_table(struct page *page, const struct yaml_table *table, const char *path);

/* The sections of the records within, behind that of the table itself. */
static void write_inner(struct page *page, const struct yaml_table *table, const char *path)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct yaml_field *field = &table->fields[i];
        bool is_list = field->kind == YAML_KIND_RECORDS;
        if (!is_list && field->kind != YAML_KIND_RECORD)
            continue;
        char inner[256];
        snprintf(inner, sizeof inner, "%s%s%s%s", path, *path ? "." : "", field->key, is_list ? "[]" : "");
        write_table(page, field->table, inner);
    }
}

static void write_table(struct page *page, const struct yaml_table *table, const char *path)
{
    if (has_section(page, table))
        return;
    page->written[page->count++] = table;
    write_line(page->out, ".SS", *path ? path : "The whole file");
    for (size_t i = 0; i < table->count; i++)
        write_field(page->out, table, &table->fields[i]);
    write_inner(page, table, path);
}

static const char before_keys[] =
    ".SH NAME\nvigie-board \\- the file that says what the wall shows\n"
    ".SH DESCRIPTION\n"
    "One YAML file a wall, of one display or several; JSON is YAML too. Every key is optional but those that "
    "cannot be guessed.\n"
    ".B vigie check\n"
    "finds every problem of a board at once, with its line and key;\n"
    ".B vigie check \\-\\-schema\n"
    "prints the same keys as a JSON Schema, for editors.\n"
    "Paths are relative to the board's own folder. A secret never stands in the board: it is\n"
    ".IR {file:\\ PATH} ,\n"
    ".I {env:\\ NAME}\n"
    "or\n"
    ".IR {credential:\\ NAME} .\n"
    ".SH KEYS\n";

void reference_write_board(struct text *out, const struct yaml_table *table)
{
    struct page page = {.out = out};
    write_title(out, "VIGIE-BOARD", 5, "File Formats");
    text_append(out, before_keys);
    write_table(&page, table, "");
    text_append(out, ".SH FILES\n.I /usr/share/vigie/boards/\n: boards to start from\n"
                     ".SH SEE ALSO\n.BR vigie (1),\n.BR vigie\\-setup (8)\n");
}

/* ---- the completion ---- */

static void write_case(void *context, const struct usage *usage)
{
    struct text *out = context;
    text_append_format(out, "        %s) words=\"", usage->command);
    for (const struct option_row *row = usage->options; row->name; row++)
        text_append_format(out, "--%s ", row->name);
    text_append(out, "--help\" ;;\n");
}

void reference_write_completion(struct text *out, const struct command *commands, size_t count)
{
    text_append(out, "# bash completion for vigie; made from the program's own tables\n"
                     "_vigie() {\n"
                     "    local word=${COMP_WORDS[COMP_CWORD]} words=\n"
                     "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                     "        words=\"");
    for (size_t i = 0; i < count; i++)
        text_append_format(out, "%s ", commands[i].name);
    text_append(out, "--help --version\"\n"
                     "    else\n"
                     "        case ${COMP_WORDS[1]} in\n");
    ask_all(write_case, out, commands, count);
    text_append(out, "        esac\n"
                     "    fi\n"
                     "    if [ \"$COMP_CWORD\" -gt 1 ] && [[ $word != -* ]]; then\n"
                     "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
                     "    else\n"
                     "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
                     "    fi\n"
                     "}\n"
                     "complete -o filenames -F _vigie vigie\n");
}

/* ---- the hidden word ---- */

int reference_main(int argc, char **argv, const struct command *commands, size_t count)
{
    const char *kind = argc > 1 ? argv[1] : "";
    struct text out = {0};
    if (strcmp(kind, "man") == 0)
        reference_write_man(&out, commands, count);
    else if (strcmp(kind, "board") == 0)
        reference_write_board(&out, &config_board_table);
    else if (strcmp(kind, "bash") == 0)
        reference_write_completion(&out, commands, count);
    else
        return command_usage_error("--reference", "wants man, board or bash, not \"%s\"", kind);
    fputs(text_bytes(&out), stdout);
    text_finish(&out);
    return EXIT_DONE;
}
