#include "render/report.h"

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "base/utf8.h"

/* Lengths in points, 72 an inch; A4. */
static const double PAGE_WIDTH = 595, PAGE_HEIGHT = 842, MARGIN = 36, GAP = 14, TOP = 100;
static const double CARD_HEIGHT = 158, LINE = 15, PNG_SCALE = 2;
enum { CARD_COLUMNS = 2, CARD_ROWS = 4, CARDS = CARD_COLUMNS * CARD_ROWS, LINES = 44, PAGES_MAX = 9 };

/* Ink on white paper; each has 4.5:1 at least. */
static const unsigned INK = 0x1a1a1a, PALE = 0x595959, RULE = 0xc8c8c8, RED = 0xa8071a, AMBER = 0x8a4b00;

struct paper {
    const struct report *report;
    const struct words *words;
    cairo_t *cairo;
    FT_Library library;
    FT_Face faces[2]; /* regular, bold */
    cairo_font_face_t *fonts[2];
    int page, page_count;
    bool stacked; /* pages lie below each other on one picture */
    double y;     /* of the next line */
    int lines;    /* written on this page */
};

/* ---- ink ---- */

static void ink(const struct paper *paper, unsigned colour)
{
    cairo_set_source_rgb(paper->cairo, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

/* Spaces that the typeface lacks become the one that it has: a box in a number is worse than a wide space. */
static void write_known(const struct paper *paper, bool bold, const char *text, struct text *out)
{
    char bytes[4];
    for (uint32_t point = utf8_next(&text); point; point = utf8_next(&text)) {
        bool known = FT_Get_Char_Index(paper->faces[bold], point) != 0;
        text_append_bytes(out, bytes, utf8_encode(known ? point : point == 0x202f ? 0xa0 : '?', bytes));
    }
}

enum place { LEFT, RIGHT };

static double put(const struct paper *paper, double x, double y, double size, bool bold, enum place place,
                  const char *what)
{
    struct text text = {0};
    cairo_text_extents_t extents;
    write_known(paper, bold, what, &text);
    cairo_set_font_face(paper->cairo, paper->fonts[bold]);
    cairo_set_font_size(paper->cairo, size);
    cairo_text_extents(paper->cairo, text_bytes(&text), &extents);
    cairo_move_to(paper->cairo, place == RIGHT ? x - extents.x_advance : x, y);
    cairo_show_text(paper->cairo, text_bytes(&text));
    text_finish(&text);
    return extents.x_advance;
}

/* As much of the text as fits, with an ellipsis. */
static void put_within(const struct paper *paper, double x, double y, double size, bool bold, double width,
                       const char *what)
{
    struct text text = {0};
    cairo_text_extents_t extents;
    text_append(&text, what);
    cairo_set_font_face(paper->cairo, paper->fonts[bold]);
    cairo_set_font_size(paper->cairo, size);
    cairo_text_extents(paper->cairo, text_bytes(&text), &extents);
    for (size_t length = text.length; extents.x_advance > width && length > 1;) {
        length = utf8_cut(what, length - 1);
        text.length = 0;
        text_append_bytes(&text, what, length);
        text_append(&text, "…");
        cairo_text_extents(paper->cairo, text_bytes(&text), &extents);
    }
    put(paper, x, y, size, bold, LEFT, text_bytes(&text));
    text_finish(&text);
}

static void put_word(const struct paper *paper, double x, double y, double size, int word, const char *what)
{
    struct text text = {0};
    words_fill(paper->words, word, what, &text);
    put(paper, x, y, size, false, LEFT, text_bytes(&text));
    text_finish(&text);
}

static void line(const struct paper *paper, double x1, double y1, double x2, double y2, double width)
{
    cairo_set_line_width(paper->cairo, width);
    cairo_move_to(paper->cairo, x1, y1);
    cairo_line_to(paper->cairo, x2, y2);
    cairo_stroke(paper->cairo);
}

/* ---- head and foot ---- */

/* "Semaine du lundi 16 novembre au dimanche 22 novembre" */
static void put_week(const struct paper *paper)
{
    struct text from = {0}, to = {0}, text = {0};
    words_of_date(paper->words, paper->report->from_ms, false, &from);
    words_of_date(paper->words, paper->report->to_ms - 1, false, &to);
    words_fill(paper->words, WORD_REPORT_WEEK, text_bytes(&from), &text);
    words_fill(paper->words, WORD_REPORT_UNTIL, text_bytes(&to), &text);
    put(paper, MARGIN, MARGIN + 36, 10, false, LEFT, text_bytes(&text));
    text_finish(&from);
    text_finish(&to);
    text_finish(&text);
}

static void put_foot(const struct paper *paper)
{
    char number[32];
    double y = PAGE_HEIGHT - MARGIN + 8;
    snprintf(number, sizeof number, "%d / %d", paper->page + 1, paper->page_count);
    ink(paper, RULE);
    line(paper, MARGIN, y - 14, PAGE_WIDTH - MARGIN, y - 14, 0.5);
    ink(paper, PALE);
    put(paper, MARGIN, y, 8, false, LEFT, words_get(paper->words, WORD_REPORT_PURPOSE));
    put(paper, PAGE_WIDTH - MARGIN, y, 8, false, RIGHT, number);
}

static void begin_page(struct paper *paper)
{
    if (paper->page >= 0 && paper->stacked)
        cairo_translate(paper->cairo, 0, PAGE_HEIGHT);
    else if (paper->page >= 0)
        cairo_show_page(paper->cairo);
    paper->page++;
    paper->lines = 0;
    paper->y = TOP;
    ink(paper, INK);
    put_within(paper, MARGIN, MARGIN + 18, 17, true, PAGE_WIDTH - 2 * MARGIN, paper->report->title);
    put_week(paper);
    put_foot(paper);
}

/* ---- one figure ---- */

struct range {
    double low, high;
};

static struct range range_of(const struct report_figure *figure)
{
    struct range range = {NAN, NAN};
    for (size_t i = 0; i < figure->quarter_count; i++) {
        range.low = fmin(range.low, (double)figure->quarters[i]);
        range.high = fmax(range.high, (double)figure->quarters[i]);
    }
    if (range.high - range.low < 1e-9) {
        range.low -= 1;
        range.high += 1;
    }
    return range;
}

/* A gap is left open: what nobody knows is not drawn. */
static void draw_curve(const struct paper *paper, const struct report_figure *figure, double x, double y,
                       double width, double height)
{
    struct range range = range_of(figure);
    bool drawing = false;
    cairo_set_line_width(paper->cairo, 0.8);
    cairo_new_path(paper->cairo);
    for (size_t i = 0; i < figure->quarter_count && !isnan(range.low); i++) {
        double value = (double)figure->quarters[i];
        if (isnan(value)) {
            drawing = false;
            continue;
        }
        double at_x = x + width * (double)i / (double)figure->quarter_count;
        double at_y = y + height * (range.high - value) / (range.high - range.low);
        if (drawing)
            cairo_line_to(paper->cairo, at_x, at_y);
        else
            cairo_move_to(paper->cairo, at_x, at_y);
        drawing = true;
    }
    ink(paper, INK);
    cairo_stroke(paper->cairo);
}

static void put_figure(const struct paper *paper, double x, double y, double size, enum place place,
                       const struct figure_style *style, double value)
{
    struct figure figure = figure_make(style, value);
    put(paper, x, y, size, false, place, figure.text);
}

/* The highest and lowest of the curve, where the eye looks for them. */
static void put_range(const struct paper *paper, const struct report_figure *figure, double x, double y,
                      double height)
{
    struct range range = range_of(figure);
    if (isnan(range.low))
        return;
    ink(paper, PALE);
    put_figure(paper, x, y + 7, 7, RIGHT, &figure->style, range.high);
    put_figure(paper, x, y + height, 7, RIGHT, &figure->style, range.low);
}

/* Below each day its name, and for how many minutes it was red; a dash where nothing is known. */
static void put_days(const struct paper *paper, const struct report_figure *figure, double x, double y,
                     double width)
{
    for (int i = 0; i < REPORT_DAYS; i++) {
        double left = x + width * i / REPORT_DAYS;
        char minutes[32] = "—";
        if (figure->known_minutes[i])
            snprintf(minutes, sizeof minutes, "%d", figure->red_minutes[i]);
        ink(paper, RULE);
        line(paper, left, y - 62, left, y + 20, 0.4);
        ink(paper, PALE);
        put(paper, left + 3, y + 9, 7, false, LEFT,
            words_get(paper->words, WORD_WEEKDAY_SHORT + (i + 1) % 7));
        ink(paper, figure->red_minutes[i] ? RED : PALE);
        put(paper, left + 3, y + 18, 7, figure->red_minutes[i] > 0, LEFT, minutes);
    }
}

static void put_comparison(const struct paper *paper, const struct report_figure *figure, double x, double y)
{
    const struct figure_style percent = {FORMAT_SIGNED_PCT, 0, NULL, figure->style.language};
    const struct figure_style points = {FORMAT_SIGNED, 1, "pt", figure->style.language};
    bool is_percent = figure->style.format == FORMAT_PCT; /* a percentage of percentages misleads */
    struct text text = {0};
    struct figure before = figure_make(&figure->style, figure->before);
    words_fill(paper->words, WORD_REPORT_BEFORE, before.text, &text);
    if (!isnan(figure->change_percent)) {
        struct figure change = is_percent ? figure_make(&points, figure->value - figure->before)
                                          : figure_make(&percent, figure->change_percent);
        text_append_format(&text, " (%s)", change.text);
    }
    ink(paper, PALE);
    put(paper, x, y, 8, false, LEFT, text_bytes(&text));
    text_finish(&text);
}

static void append_label(const struct paper *paper, const struct report_figure *figure, struct text *out)
{
    text_append_format(out, figure->place[0] ? "%s – %s" : "%s", figure->label, figure->place);
    if (figure->has_namesake)
        text_append_format(out, " · %s", words_get(paper->words, WORD_PERIOD + (int)figure->period));
}

static void draw_card(const struct paper *paper, const struct report_figure *figure, double x, double y,
                      double width)
{
    static const double curve_left = 40, curve_top = 58, curve_height = 58;
    struct text label = {0};
    append_label(paper, figure, &label);
    ink(paper, INK);
    put_within(paper, x, y + 10, 10, true, width, text_bytes(&label));
    put_figure(paper, x, y + 32, 18, LEFT, &figure->style, figure->value);
    put_comparison(paper, figure, x, y + 45);
    put_range(paper, figure, x + curve_left - 3, y + curve_top, curve_height);
    put_days(paper, figure, x + curve_left, y + curve_top + curve_height + 3, width - curve_left);
    draw_curve(paper, figure, x + curve_left, y + curve_top, width - curve_left, curve_height);
    ink(paper, PALE);
    put(paper, x, y + curve_top + curve_height + 21, 7, false, LEFT,
        words_get(paper->words, WORD_REPORT_RED));
    text_finish(&label);
}

static void draw_figures(struct paper *paper)
{
    double width = (PAGE_WIDTH - 2 * MARGIN - GAP) / CARD_COLUMNS;
    for (size_t i = 0; i < paper->report->figure_count && (paper->page < PAGES_MAX - 2 || i % CARDS); i++) {
        if (i % CARDS == 0)
            begin_page(paper);
        size_t column = i % CARD_COLUMNS, row = i % CARDS / CARD_COLUMNS;
        draw_card(paper, &paper->report->figures[i], MARGIN + (double)column * (width + GAP),
                  TOP + (double)row * (CARD_HEIGHT + GAP), width);
    }
}

/* ---- alerts ---- */

static void next_line(struct paper *paper)
{
    paper->y += LINE;
    if (++paper->lines >= LINES)
        begin_page(paper);
}

static void put_number(struct paper *paper, int word, double value, int decimals, bool percent)
{
    const struct figure_style style = {percent ? FORMAT_PCT : FORMAT_RATIO, decimals, NULL,
                                       paper->report->figures ? paper->report->figures[0].style.language
                                                              : LANGUAGE_FR};
    struct figure figure = figure_make(&style, value);
    put_word(paper, MARGIN, paper->y, 10, word, figure.text);
    next_line(paper);
}

static void put_count(struct paper *paper, int word, int count)
{
    char number[32];
    snprintf(number, sizeof number, "%d", count);
    put_word(paper, MARGIN, paper->y, 10, word, number);
    next_line(paper);
}

static void put_title(struct paper *paper, int word)
{
    ink(paper, INK);
    put(paper, MARGIN, paper->y, 12, true, LEFT, words_get(paper->words, word));
    next_line(paper);
}

static bool is_within(const struct paper *paper, double size, double width, const char *what)
{
    cairo_text_extents_t extents;
    cairo_set_font_face(paper->cairo, paper->fonts[false]);
    cairo_set_font_size(paper->cairo, size);
    cairo_text_extents(paper->cairo, what, &extents);
    return extents.x_advance <= width;
}

static void end_names(struct paper *paper, struct text *line)
{
    put_within(paper, MARGIN, paper->y, 10, false, PAGE_WIDTH - 2 * MARGIN, text_bytes(line));
    next_line(paper);
    line->length = 0;
    text_append(line, "     ");
}

/* Adds a name to the list, on a line of its own where it has no room any more. */
static void add_name(struct paper *paper, struct text *line, const char *name, bool last)
{
    struct text longer = {0};
    text_append_format(&longer, "%s%s%s", text_bytes(line), name, last ? "" : ", ");
    if (!is_within(paper, 10, PAGE_WIDTH - 2 * MARGIN, text_bytes(&longer)))
        end_names(paper, line);
    text_append_format(line, "%s%s", name, last ? "" : ", ");
    if (last)
        end_names(paper, line);
    text_finish(&longer);
}

/* "Les plus fréquentes : Attente la plus longue (5), Taux d'abandon – Ventes (2)" */
static void put_frequent(struct paper *paper)
{
    const struct budget_frequent *frequent = &paper->report->frequent;
    struct text line = {0};
    words_fill(paper->words, WORD_REPORT_FREQUENT, "", &line);
    for (size_t i = 0; i < frequent->count; i++) {
        struct text name = {0};
        append_label(paper, &paper->report->figures[frequent->top[i].figure], &name);
        text_append_format(&name, " (%d)", frequent->top[i].alerts);
        add_name(paper, &line, text_bytes(&name), i + 1 == frequent->count);
        text_finish(&name);
    }
    text_finish(&line);
}

static void put_unanswered(struct paper *paper)
{
    const struct report *report = paper->report;
    struct text line = {0};
    words_fill(paper->words, WORD_REPORT_UNANSWERED, "", &line);
    for (size_t i = 0; i < report->unanswered_count; i++) {
        struct text name = {0};
        append_label(paper, &report->figures[report->unanswered[i]], &name);
        add_name(paper, &line, text_bytes(&name), i + 1 == report->unanswered_count);
        text_finish(&name);
    }
    text_finish(&line);
}

/* "Alertes – comptées depuis mar. 17/11 08:00" where the week is not known from its beginning. */
static void put_alerts_title(struct paper *paper)
{
    const struct report *report = paper->report;
    struct text text = {0}, moment = {0};
    text_append(&text, words_get(paper->words, WORD_REPORT_ALERTS));
    if (report->budget.from_ms > report->from_ms) {
        words_of_moment(paper->words, report->budget.from_ms, &moment);
        text_append(&text, ", ");
        words_fill(paper->words, WORD_REPORT_SINCE, text_bytes(&moment), &text);
    }
    ink(paper, INK);
    put(paper, MARGIN, paper->y, 12, true, LEFT, text_bytes(&text));
    next_line(paper);
    text_finish(&text);
    text_finish(&moment);
}

static void put_budget(struct paper *paper)
{
    const struct budget_report *budget = &paper->report->budget;
    put_alerts_title(paper);
    put_count(paper, WORD_REPORT_COUNT, budget->alerts);
    put_number(paper, WORD_REPORT_PER_TEN, budget->per_ten_minutes, 2, false);
    put_number(paper, WORD_REPORT_CRITICAL, budget->critical_percent, 0, true);
    put_number(paper, WORD_REPORT_FLOOD, budget->flood_percent, 1, true);
    put_count(paper, WORD_REPORT_CHATTERING, budget->chattering);
    put_count(paper, WORD_REPORT_LASTING, budget->lasting);
    put_frequent(paper);
    put_unanswered(paper);
    if (budget->untold)
        put_count(paper, WORD_REPORT_UNTOLD, budget->untold);
    next_line(paper);
}

static void put_moment(const struct paper *paper, double x, int64_t wall_ms)
{
    struct text text = {0};
    words_of_moment(paper->words, wall_ms, &text);
    put(paper, x, paper->y, 8, false, LEFT, text_bytes(&text));
    text_finish(&text);
}

/* "12 min", "6 h 18", "2 j 4 h" */
static void append_duration(const struct paper *paper, int64_t duration_ms, struct text *out)
{
    enum language language = paper->report->figures[0].style.language; /* an alert is of some figure */
    const struct figure_style hours = {FORMAT_DUR_HM, -1, NULL, language};
    if (duration_ms >= 3600000)
        text_append(out, figure_make(&hours, (double)duration_ms / 1000).text);
    else
        text_append_format(out, "%lld min", (long long)((duration_ms + 30000) / 60000));
}

/* The same, "en cours", "fin non vue" */
static void put_duration(const struct paper *paper, double x, const struct report_alert *alert)
{
    struct text text = {0};
    if (alert->unseen)
        text_append(&text, words_get(paper->words, WORD_REPORT_UNSEEN));
    else if (!alert->ended_ms)
        text_append(&text, words_get(paper->words, WORD_REPORT_OPEN));
    else
        append_duration(paper, alert->ended_ms - alert->begun_ms, &text);
    put(paper, x, paper->y, 8, false, LEFT, text_bytes(&text));
    text_finish(&text);
}

static void put_story(struct paper *paper, int word, const char *what)
{
    struct text text = {0};
    if (!what)
        return;
    words_fill(paper->words, word, what, &text);
    ink(paper, PALE);
    put_within(paper, MARGIN + 92, paper->y, 8, false, PAGE_WIDTH - 2 * MARGIN - 92, text_bytes(&text));
    text_finish(&text);
    next_line(paper);
}

static void put_alert(struct paper *paper, const struct report_alert *alert)
{
    const struct report_figure *figure = &paper->report->figures[alert->figure];
    struct text label = {0};
    append_label(paper, figure, &label);
    ink(paper, INK);
    put_moment(paper, MARGIN, alert->begun_ms);
    put_within(paper, MARGIN + 92, paper->y, 8, false, 190, text_bytes(&label));
    put_duration(paper, MARGIN + 400, alert);
    put_figure(paper, MARGIN + 390, paper->y, 8, RIGHT, &figure->style, alert->peak_value);
    if (alert->acked_ms || !alert->told)
        put(paper, MARGIN + 465, paper->y, 8, false, LEFT,
            words_get(paper->words, alert->acked_ms ? WORD_REPORT_SEEN : WORD_REPORT_SILENT));
    ink(paper, alert->peak == DISPLAY_CRITICAL ? RED : AMBER);
    put(paper, MARGIN + 288, paper->y, 8, true, LEFT, words_of_display(paper->words, alert->peak));
    next_line(paper);
    put_story(paper, WORD_REPORT_CAUSE, alert->cause);
    put_story(paper, WORD_REPORT_ACTION, alert->action);
    text_finish(&label);
}

static bool room_left(const struct paper *paper)
{
    return paper->page < PAGES_MAX - 1 || paper->lines < LINES - 4;
}

static void put_left_out(struct paper *paper, size_t count)
{
    char number[32];
    snprintf(number, sizeof number, "%zu", count);
    ink(paper, PALE);
    put_word(paper, MARGIN, paper->y, 8, WORD_MORE, number);
    next_line(paper);
}

static void put_alerts(struct paper *paper)
{
    const struct report *report = paper->report;
    size_t i = 0;
    if (!report->alert_count) {
        put(paper, MARGIN, paper->y, 10, false, LEFT, words_get(paper->words, WORD_REPORT_NONE));
        next_line(paper);
    }
    for (; i < report->alert_count && room_left(paper); i++)
        put_alert(paper, &report->alerts[i]);
    if (i < report->alert_count)
        put_left_out(paper, report->alert_count - i);
}

static void put_marks(struct paper *paper)
{
    const struct report *report = paper->report;
    if (!report->mark_count || !room_left(paper))
        return;
    next_line(paper);
    put_title(paper, WORD_REPORT_MARKS);
    for (size_t i = 0; i < report->mark_count && room_left(paper); i++) {
        ink(paper, INK);
        put_moment(paper, MARGIN, report->marks[i].wall_ms);
        put_within(paper, MARGIN + 92, paper->y, 8, false, PAGE_WIDTH - 2 * MARGIN - 92,
                   report->marks[i].text);
        next_line(paper);
    }
}

static void draw_pages(struct paper *paper)
{
    paper->page = -1;
    draw_figures(paper);
    begin_page(paper);
    put_budget(paper);
    put_alerts(paper);
    put_marks(paper);
}

/* ---- the paper itself ---- */

static bool open_font(struct paper *paper, const char *assets_path, int index, struct error *error)
{
    static const char *const names[] = {"B612-Regular.otf", "B612-Bold.otf"};
    char path[4096];
    snprintf(path, sizeof path, "%s/fonts/%s", assets_path, names[index]);
    if (FT_New_Face(paper->library, path, 0, &paper->faces[index]) != 0) {
        error_set(error, "%s cannot be read; run `make fonts`", path);
        return false;
    }
    paper->fonts[index] = cairo_ft_font_face_create_for_ft_face(paper->faces[index], 0);
    return true;
}

static void close_fonts(struct paper *paper)
{
    for (int i = 0; i < 2; i++) {
        if (paper->fonts[i])
            cairo_font_face_destroy(paper->fonts[i]);
        if (paper->faces[i])
            FT_Done_Face(paper->faces[i]);
    }
    if (paper->library)
        FT_Done_FreeType(paper->library);
}

/* How many pages there will be is known when they have been drawn: once into nothing. */
static int count_pages(struct paper *paper)
{
    cairo_surface_t *nothing = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    paper->cairo = cairo_create(nothing);
    paper->stacked = true;
    draw_pages(paper);
    cairo_destroy(paper->cairo);
    cairo_surface_destroy(nothing);
    return paper->page + 1;
}

static bool draw_on(struct paper *paper, cairo_surface_t *surface, double scale)
{
    paper->cairo = cairo_create(surface);
    cairo_scale(paper->cairo, scale, scale);
    cairo_set_source_rgb(paper->cairo, 1, 1, 1);
    cairo_paint(paper->cairo);
    draw_pages(paper);
    cairo_destroy(paper->cairo);
    return cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
}

static cairo_status_t write_pdf(struct paper *paper, const char *path)
{
    cairo_surface_t *surface = cairo_pdf_surface_create(path, PAGE_WIDTH, PAGE_HEIGHT);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, paper->report->title);
    paper->stacked = false;
    draw_on(paper, surface, 1);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

static cairo_status_t write_png(struct paper *paper, const char *path)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(PAGE_WIDTH * PNG_SCALE),
                                                          (int)(PAGE_HEIGHT * PNG_SCALE) * paper->page_count);
    paper->stacked = true;
    cairo_status_t status = CAIRO_STATUS_NO_MEMORY;
    if (draw_on(paper, surface, PNG_SCALE))
        status = cairo_surface_write_to_png(surface, path);
    cairo_surface_destroy(surface);
    return status;
}

static bool write_pages(struct paper *paper, const char *path, struct error *error)
{
    errno = 0;
    paper->page_count = count_pages(paper);
    cairo_status_t status = text_ends_with(path, ".png") ? write_png(paper, path) : write_pdf(paper, path);
    if (status != CAIRO_STATUS_SUCCESS)
        error_set(error, "%s cannot be written: %s", path,
                  errno ? strerror(errno) : cairo_status_to_string(status));
    return status == CAIRO_STATUS_SUCCESS;
}

bool report_write(const struct report *report, const char *assets_path, const struct words *words,
                  const char *path, struct error *error)
{
    struct paper paper = {.report = report, .words = words};
    if (FT_Init_FreeType(&paper.library) != 0) {
        error_set(error, "FreeType cannot be started");
        return false;
    }
    bool done = open_font(&paper, assets_path, 0, error) && open_font(&paper, assets_path, 1, error) &&
                write_pages(&paper, path, error);
    close_fonts(&paper);
    return done;
}
