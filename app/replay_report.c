#include "app/replay_report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { NAME_COLUMN = 28, FIGURE_COLUMN = 22 };

/* ---- words ---- */

enum phrase {
    PHRASE_ALERTS,
    PHRASE_REDS,
    PHRASE_WARN,
    PHRASE_CRITICAL,
    PHRASE_STALE,
    PHRASE_FLAPS,
    PHRASE_RECORDED,
    PHRASE_AS_ONE_DAY,
    PHRASE_NO_TILE,
    PHRASE_VERDICT,
    PHRASE_FEWER_ALERTS,
    PHRASE_MORE_ALERTS,
    PHRASE_SAME_ALERTS,
    PHRASE_FEWER_FLAPS,
    PHRASE_MORE_FLAPS,
    PHRASE_LESS_RED,
    PHRASE_MORE_RED,
    PHRASE_HOW_COUNTED,
    PHRASE_COUNT
};

static const char *const PHRASES[PHRASE_COUNT][LANGUAGE_COUNT] = {
    [PHRASE_ALERTS] = {"Alertes par jour", "Alerts a day"},
    [PHRASE_REDS] = {"Passages au rouge", "Times it turned red"},
    [PHRASE_WARN] = {"Minutes en orange", "Minutes amber"},
    [PHRASE_CRITICAL] = {"Minutes en rouge", "Minutes red"},
    [PHRASE_STALE] = {"Minutes périmées", "Minutes too old"},
    [PHRASE_FLAPS] = {"Allers-retours", "Flaps"},
    [PHRASE_RECORDED] = {"%s heures enregistrées", "%s hours recorded"},
    [PHRASE_AS_ONE_DAY] = {", comptées comme une journée", ", counted as one day"},
    [PHRASE_NO_TILE] = {"absente", "not there"},
    [PHRASE_VERDICT] = {"À droite\u00a0: ", "On the right: "},
    [PHRASE_FEWER_ALERTS] = {"%s alertes par jour en moins", "%s fewer alerts a day"},
    [PHRASE_MORE_ALERTS] = {"%s alertes par jour en plus", "%s more alerts a day"},
    [PHRASE_SAME_ALERTS] = {"autant d’alertes", "as many alerts"},
    [PHRASE_FEWER_FLAPS] = {"%s allers-retours en moins", "%s fewer flaps"},
    [PHRASE_MORE_FLAPS] = {"%s allers-retours en plus", "%s more flaps"},
    [PHRASE_LESS_RED] = {"%s min de rouge en moins", "%s min less red"},
    [PHRASE_MORE_RED] = {"%s min de rouge en plus", "%s min more red"},
    [PHRASE_HOW_COUNTED] =
        {"Une alerte\u00a0: la tuile passe à l’orange ou au rouge alors qu’elle ne l’était pas, et "
         "personne ne l’a mise de côté.\nUn aller-retour\u00a0: elle empire moins de 10 minutes après "
         "s’être améliorée.\n",
         "An alert: the tile turns amber or red and was not before, and nobody has put it aside.\n"
         "A flap: it gets worse less than 10 minutes after it got better.\n"},
};

/* ---- figures ---- */

/* To the tenth below 10, else whole; a dash where there is none. */
static void write_figure(double value, enum language language, char figure[32])
{
    if (isnan(value)) {
        snprintf(figure, 32, "–");
        return;
    }
    bool tenths = value < 9.95 && fabs(value - round(value)) >= 0.05;
    snprintf(figure, 32, tenths ? "%.1f" : "%.0f", value);
    char *point = strchr(figure, '.');
    if (point && language == LANGUAGE_FR)
        *point = ',';
}

static double reds_of(const struct alert_tally *tally)
{
    return tally->reds;
}

static double flaps_of(const struct alert_tally *tally)
{
    return tally->flaps;
}

static double warn_minutes(const struct alert_tally *tally)
{
    return alert_tally_minutes(tally, DISPLAY_WARN);
}

static double critical_minutes(const struct alert_tally *tally)
{
    return alert_tally_minutes(tally, DISPLAY_CRITICAL);
}

static double stale_minutes(const struct alert_tally *tally)
{
    return alert_tally_minutes(tally, DISPLAY_STALE);
}

struct figure_row {
    enum phrase name;
    double (*figure)(const struct alert_tally *tally);
};

static const struct figure_row FIGURES[] = {
    {PHRASE_ALERTS, alert_tally_alerts_a_day}, {PHRASE_REDS, reds_of},        {PHRASE_WARN, warn_minutes},
    {PHRASE_CRITICAL, critical_minutes},       {PHRASE_STALE, stale_minutes}, {PHRASE_FLAPS, flaps_of},
};

/* ---- tiles of both boards ---- */

static const struct tile_settings *tile_at(const struct board_settings *settings, size_t index)
{
    for (size_t i = 0; i < settings->page_count; i++) {
        if (index < settings->pages[i].tile_count)
            return &settings->pages[i].tiles[index];
        index -= settings->pages[i].tile_count;
    }
    return NULL;
}

/* NULL: the board has no such tile. */
static const struct alert_tally *tally_of(const struct rehearsed_board *board, const char *tile_id)
{
    const struct tile_settings *tile;
    for (size_t i = 0; (tile = tile_at(&board->config->board, i)); i++)
        if (text_equal(tile->id, tile_id))
            return &board->tallies[i];
    return NULL;
}

/* ---- lines ---- */

static void write_column(struct text *out, const char *text, size_t width)
{
    text_append(out, text);
    for (size_t length = utf8_length(text); length < width; length++)
        text_append(out, " ");
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Two files of one name in two folders are told apart by their folders. */
static void write_head(struct text *out, const struct rehearsed_board *boards, size_t count)
{
    bool same = count > 1 && text_equal(base_name(boards[0].config->path), base_name(boards[1].config->path));
    write_column(out, "", NAME_COLUMN);
    for (size_t i = 0; i < count; i++) {
        const char *path = boards[i].config->path;
        write_column(out, same ? path : base_name(path), i + 1 < count ? FIGURE_COLUMN : 0);
        text_append(out, i + 1 < count ? "  " : "\n");
    }
}

static void write_row(struct text *out, const struct figure_row *row,
                      const struct alert_tally *const *tallies, size_t count, enum language language)
{
    char figure[32];
    text_append(out, "  ");
    write_column(out, PHRASES[row->name][language], NAME_COLUMN - 2);
    for (size_t i = 0; i < count; i++) {
        if (tallies[i])
            write_figure(row->figure(tallies[i]), language, figure);
        write_column(out, tallies[i] ? figure : PHRASES[PHRASE_NO_TILE][language],
                     i + 1 < count ? FIGURE_COLUMN + 2 : 0);
    }
    text_append(out, "\n");
}

/* ", 6 fewer flaps": what the second board changes; nothing where it changes nothing. */
static void write_change(struct text *out, double change, enum phrase fewer, enum phrase more,
                         enum language language)
{
    char figure[32];
    write_figure(fabs(change), language, figure);
    if (isnan(change) || strcmp(figure, "0") == 0)
        return;
    text_append(out, ", ");
    text_append_format(out, PHRASES[change < 0 ? fewer : more][language], figure);
}

static void write_verdict(struct text *out, const struct alert_tally *left, const struct alert_tally *right,
                          enum language language)
{
    struct text said = {0};
    write_change(&said, alert_tally_alerts_a_day(right) - alert_tally_alerts_a_day(left), PHRASE_FEWER_ALERTS,
                 PHRASE_MORE_ALERTS, language);
    if (!said.length)
        text_append_format(&said, ", %s", PHRASES[PHRASE_SAME_ALERTS][language]);
    write_change(&said, flaps_of(right) - flaps_of(left), PHRASE_FEWER_FLAPS, PHRASE_MORE_FLAPS, language);
    write_change(&said, critical_minutes(right) - critical_minutes(left), PHRASE_LESS_RED, PHRASE_MORE_RED,
                 language);
    text_append_format(out, "  %s%s.\n", PHRASES[PHRASE_VERDICT][language], text_bytes(&said) + strlen(", "));
    text_finish(&said);
}

static void write_tile(struct text *out, const struct rehearsed_board *boards, size_t count,
                       const struct tile_settings *tile, enum language language)
{
    const struct alert_tally *tallies[REPLAY_BOARDS_MAX] = {NULL};
    for (size_t i = 0; i < count; i++)
        tallies[i] = tally_of(&boards[i], tile->id);
    const char *label = tile->label ? tile->label : tile->kpi->label[language][LABEL_LONG];
    text_append_format(out, "\n%s (%s)\n", label, tile->id);
    for (size_t i = 0; i < sizeof FIGURES / sizeof FIGURES[0]; i++)
        write_row(out, &FIGURES[i], tallies, count, language);
    if (count > 1 && tallies[0] && tallies[1])
        write_verdict(out, tallies[0], tallies[1], language);
}

void replay_report_write(struct text *out, const struct rehearsed_board *boards, size_t board_count,
                         int64_t passed_ms)
{
    enum language language = boards[0].config->language;
    const struct tile_settings *tile;
    char hours[32];
    write_figure((double)passed_ms / 3600000, language, hours);
    text_append_format(out, PHRASES[PHRASE_RECORDED][language], hours);
    text_append(out, passed_ms < ALERT_TALLY_DAY_MS ? PHRASES[PHRASE_AS_ONE_DAY][language] : "");
    text_append(out, "\n\n");
    write_head(out, boards, board_count);
    for (size_t i = 0; i < board_count; i++)
        for (size_t j = 0; (tile = tile_at(&boards[i].config->board, j)); j++)
            if (i == 0 || !tally_of(&boards[0], tile->id))
                write_tile(out, boards, board_count, tile, language);
    text_append_format(out, "\n%s", PHRASES[PHRASE_HOW_COUNTED][language]);
}
