#include "render/header.h"

#include <math.h>
#include <string.h>

#include "render/layout.h"
#include "render/light.h"
#include "render/signature.h"
#include "render/tile.h"
#include "render/widget.h"

/* Of the header's height. */
static const double clock_share = 0.66, clock_share_below_lamp = 0.54, question_share = 0.47,
                    title_share = 0.32, small_share = 0.32, chip_share = 0.34, notice_share = 0.44,
                    chip_gap = 0.3, notice_least = 0.55;

/* A second wall that is just ending, or a card that is slow once, is no news. */
enum { UNKEPT_TOLD_MS = 120000 };

/* The lamp above the digits; -1: none. A wrong clock is the worse of two. */
static int lamp_of(const struct snapshot *snapshot, struct now now)
{
    if (snapshot->clock_untrusted)
        return WORD_CLOCK;
    int64_t since_ms = snapshot->keeping.trouble_since_wall_ms;
    return since_ms && now.wall_ms - since_ms >= UNKEPT_TOLD_MS ? WORD_UNKEPT : -1;
}

static uint64_t add_stage(uint64_t inputs, const struct stage *stage)
{
    inputs = signature_add(inputs, (uint64_t)stage->page << 1 | stage->paused);
    inputs = signature_add(inputs, (uint64_t)(stage->notice.word + 1));
    return stage->notice.word < 0 ? inputs : signature_add_text(inputs, stage->notice.what);
}

static uint64_t add_page(uint64_t inputs, const struct snapshot_page *page)
{
    inputs = signature_add_text(inputs, page->title);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        inputs = signature_add_text(inputs, page->conclusion[language]);
    return inputs;
}

uint64_t header_inputs(const struct snapshot *snapshot, const struct stage *stage, struct now now)
{
    uint64_t inputs = signature_add(SIGNATURE_START, (uint64_t)(now.wall_ms / 60000));
    inputs = add_stage(inputs, stage);
    if (!snapshot)
        return inputs;
    inputs = signature_add_text(inputs, snapshot->title);
    inputs = signature_add(inputs, (uint64_t)snapshot->summary << 2 | (uint64_t)snapshot->data_trouble << 1 |
                                       snapshot->clock_untrusted);
    inputs = signature_add(inputs, (uint64_t)(lamp_of(snapshot, now) + 1));
    for (size_t i = 0; i < snapshot->page_count; i++)
        inputs = signature_add(inputs, (uint64_t)snapshot->pages[i].worst << 1 | snapshot->pages[i].off);
    return stage->page < snapshot->page_count ? add_page(inputs, &snapshot->pages[stage->page]) : inputs;
}

/* The words are set from the right inwards; what is left of the line is the titles'. */
struct strip_left {
    double left, right, top, height;
    double upper, lower;    /* the baselines on the right */
    double question, below; /* and on the left */
    bool one_line;          /* far away there is no room for two that can be read */
};

/* A dial with its hands, in no state's colour: nothing on the floor is wrong. */
static void dial_draw(struct pen *pen, struct point centre, double radius, colour ink)
{
    double width = radius * 0.22, reach = radius - width / 2;
    struct box face = {centre.x - reach, centre.y - reach, 2 * reach, 2 * reach};
    struct point hands[] = {
        {centre.x, centre.y - radius * 0.56}, centre, {centre.x + radius * 0.42, centre.y}};
    pen_box_outline(pen, face, reach, width, 0, ink);
    pen_curve(pen, hands, 3, width, ink);
}

/* A page that is crossed out: nothing is being written down. */
static void page_draw(struct pen *pen, struct point centre, double radius, colour ink)
{
    double width = radius * 0.22, half = radius * 0.75;
    struct box page = {centre.x - half, centre.y - radius + width / 2, 2 * half, 2 * radius - width};
    pen_box_outline(pen, page, radius * 0.15, width, 0, ink);
    pen_line(pen, (struct point){centre.x - radius, centre.y + radius},
             (struct point){centre.x + radius, centre.y - radius}, width * 1.3, 0, ink);
}

static void sign_draw(struct pen *pen, int word, struct point centre, double radius, colour ink)
{
    if (word == WORD_CLOCK)
        dial_draw(pen, centre, radius, ink);
    else
        page_draw(pen, centre, radius, ink);
}

/* Above the digits, where it takes no room from the titles: do not set your watch by them. */
static void lamp_draw(struct pen *pen, const struct strip_left *room, int word)
{
    struct type_style style = {FACE_NARROW, pen_type_px(pen, room->height * small_share)};
    colour ink = pen->theme->text_primary;
    double radius = room->height * 0.13, figure = lettering_figure_height(pen->lettering, style);
    double width =
        pen_text(pen, style, ink, room->right, room->upper, ALIGN_RIGHT, words_get(pen->words, word));
    struct point centre = {round(room->right - width - radius * 1.7), round(room->upper - figure / 2)};
    sign_draw(pen, word, centre, radius, ink);
}

/* Beside the digits, where a line above them could not be read from where people stand; gives the width. */
static double sign_beside_draw(struct pen *pen, const struct strip_left *room, double right, int word)
{
    double radius = room->height * 0.2;
    struct point centre = {round(right - radius * 1.8), round(room->top + room->height * 0.62)};
    sign_draw(pen, word, centre, radius, pen->theme->text_primary);
    return radius * 2.8;
}

/* Smaller where its lamp stands above. */
static void clock_draw(struct pen *pen, struct strip_left *room, struct now now, int lamp)
{
    struct text digits = {0};
    double share = lamp >= 0 && !room->one_line ? clock_share_below_lamp : clock_share;
    struct type_style style = {FACE_BOLD, pen_type_px(pen, room->height * share)};
    words_of_time(now.wall_ms, &digits);
    double width = pen_text(pen, style, pen->theme->text_primary, room->right, room->lower, ALIGN_RIGHT,
                            text_bytes(&digits));
    if (lamp >= 0 && room->one_line)
        width += sign_beside_draw(pen, room, room->right - width, lamp);
    else if (lamp >= 0)
        lamp_draw(pen, room, lamp);
    room->right -= width + room->height * 0.36;
    text_finish(&digits);
}

/* How the word of the lamp is written. */
enum lamp_word { LAMP_WIDE, LAMP_NARROW, LAMP_BARE };

/* Which light the whole board wears. What is missing is never green. */
static enum display summary_display(const struct snapshot *snapshot)
{
    bool bad = display_is_alert(snapshot->summary);
    return snapshot->data_trouble && !bad ? DISPLAY_STALE : snapshot->summary;
}

static const char *summary_word(const struct pen *pen, const struct snapshot *snapshot)
{
    enum display display = summary_display(snapshot);
    if (display == DISPLAY_STALE)
        return words_get(pen->words, WORD_INCOMPLETE);
    if (display == DISPLAY_NODATA || display == DISPLAY_NEUTRAL)
        return words_get(pen->words, WORD_UNJUDGED);
    return words_of_display(pen->words, display);
}

/* Of missing data, beside a worse summary. */
static bool has_data_lamp(const struct snapshot *snapshot)
{
    return snapshot->data_trouble && summary_display(snapshot) != DISPLAY_STALE;
}

static void data_lamp_draw(struct pen *pen, double right, double middle, double size)
{
    light_draw(pen, DISPLAY_STALE, (struct point){right - size / 2, middle}, size,
               light_colours_on(pen->theme, DISPLAY_STALE, pen->theme->bg));
}

/* On the right of the room; below a question that has its own line, against the edge that this begins at. */
static void chip_draw(struct pen *pen, const struct snapshot *snapshot, struct strip_left *room,
                      enum lamp_word lamp_word, bool below)
{
    enum display display = summary_display(snapshot);
    const struct state_colours *colours = &pen->theme->state[theme_state_of(display)];
    bool filled = display_is_alert(display);
    colour ground = filled ? colours->fill : pen->theme->surface,
           ink = filled ? colours->on_fill : pen->theme->text_primary;
    bool with_word = lamp_word != LAMP_BARE;
    const char *word = with_word ? summary_word(pen, snapshot) : "";
    struct type_style style = {lamp_word == LAMP_NARROW ? FACE_NARROW_BOLD : FACE_BOLD,
                               pen_type_px(pen, room->height * chip_share)};
    double height = round(fmin(fmax(room->height * 0.66, style.px * 1.3), room->height)),
           pad = round(height * 0.32), light = height * 0.62;
    double width = round(pad * (with_word ? 2.5 : 2) + light + pen_text_width(pen, style, word));
    double top = round(room->top + (room->height - height) / 2), middle = top + height / 2;
    double aside = has_data_lamp(snapshot) ? light * 1.3 : 0;
    double left = round(room->right - aside - width), right = room->right;
    if (below)
        right = room->left + room->right - left;
    struct box chip = {round(right - aside - width), top, width, height};

    if (has_data_lamp(snapshot))
        data_lamp_draw(pen, right, middle, light);
    pen_box(pen, chip, height / 2, ground);
    if (!filled)
        pen_box_outline(pen, chip, height / 2, pen_px(pen, 2), 0,
                        theme_mix(pen->theme->bg, pen->theme->border, 0.8));
    light_draw(pen, display, (struct point){chip.x + pad + light / 2, middle}, light,
               filled ? (struct light_colours){ink, ground} : light_colours_on(pen->theme, display, ground));
    double figure = lettering_figure_height(pen->lettering, style);
    pen_text(pen, style, ink, chip.x + pad * 1.5 + light, middle + figure / 2, ALIGN_LEFT, word);
    room->right = left - room->height * chip_gap;
}

/* The shown page is a bar, the others are dots; a page in trouble has its state's shape. */
static double dot_draw(struct pen *pen, const struct snapshot_page *page, bool shown, double right,
                       double middle, double size)
{
    bool calm = page->worst == DISPLAY_OK || page->worst == DISPLAY_NEUTRAL || page->worst == DISPLAY_CLOSED;
    double width = shown ? size * 2.2 : size;
    colour paint =
        shown ? pen->theme->text_primary : theme_mix(pen->theme->bg, pen->theme->text_secondary, 0.6);
    if (calm || shown)
        pen_box(pen, (struct box){right - width, middle - size * 0.3, width, size * 0.6}, size * 0.3, paint);
    if (calm)
        return width;
    double light = size * 1.25;
    if (!shown) {
        light_draw(pen, page->worst, (struct point){right - light / 2, middle}, light,
                   light_colours_on(pen->theme, page->worst, pen->theme->bg));
        return light;
    }
    light_draw(pen, page->worst, (struct point){right - width - light * 0.8, middle}, light,
               light_colours_on(pen->theme, page->worst, pen->theme->bg));
    return width + light * 1.3;
}

/* Two bars: the pages do not turn. */
static double pause_draw(struct pen *pen, double right, double middle, double size)
{
    double bar = size * 0.36;
    for (int i = 0; i < 2; i++)
        pen_box(pen, (struct box){right - bar - i * bar * 2, middle - size / 2, bar, size}, bar / 4,
                pen->theme->text_primary);
    return bar * 3 + size * 0.7;
}

static double dots_draw(struct pen *pen, const struct snapshot *snapshot, const struct stage *stage,
                        double right, double middle, double size)
{
    double start = right;
    if (snapshot->page_count < 2)
        return 0;
    if (stage->paused)
        right -= pause_draw(pen, right, middle, size);
    for (size_t i = snapshot->page_count; i-- > 0;)
        if (!snapshot->pages[i].off || i == stage->page)
            right -= dot_draw(pen, &snapshot->pages[i], i == stage->page, right, middle, size) + size * 0.7;
    return start - right;
}

/* Gives the width. From far away the date is as large as it must be, and stands beside the dots. */
static double date_draw(struct pen *pen, const struct strip_left *room, struct now now, bool brief,
                        double baseline)
{
    struct text date = {0};
    struct type_style style = {room->one_line ? FACE_NARROW : FACE_REGULAR,
                               pen_type_px(pen, room->height * small_share)};
    words_of_date(pen->words, now.wall_ms, brief || room->one_line, &date);
    double width = pen_text(pen, style, pen->theme->text_secondary, room->right, baseline, ALIGN_RIGHT,
                            text_bytes(&date));
    text_finish(&date);
    return width;
}

/* What stands beside the question gives way to it in this order. */
struct beside {
    bool date, dots;
    enum lamp_word word; /* the lamp has its shape always */
    bool squeezes;       /* the question is narrower and smaller rather than without it */
};

static const struct beside besides[] = {
    {true, true, LAMP_WIDE, false}, {false, true, LAMP_WIDE, false}, {false, true, LAMP_NARROW, true},
    {false, true, LAMP_BARE, true}, {false, false, LAMP_BARE, true},
};

enum { BESIDES = sizeof besides / sizeof *besides };

static void leave_gap(struct strip_left *room, double width)
{
    room->right -= width > 0 ? width + room->height * 0.36 : 0;
}

/* The date above, the dots below, both against the same right edge; on one line beside each other. */
static void date_and_dots_draw(struct pen *pen, const struct snapshot *snapshot, const struct stage *stage,
                               struct strip_left *room, struct now now, const struct beside *beside)
{
    double size = room->height * 0.24, date = 0, dots = 0;
    bool above = snapshot->page_count > 1 && beside->dots && !room->one_line;
    bool brief = pen->clip.width < room->height * 18;
    if (beside->date)
        date = date_draw(pen, room, now, brief, above ? room->upper : room->lower);
    if (!above)
        leave_gap(room, date);
    if (beside->dots)
        dots = dots_draw(pen, snapshot, stage, room->right, room->lower - size * 0.55, size);
    leave_gap(room, above ? fmax(date, dots) : dots);
}

static int title_px(const struct pen *pen, int px, double share)
{
    int smaller = pen_type_px(pen, px * share);
    return smaller < px ? smaller : px;
}

static void title_draw(struct pen *pen, struct type_style style, colour ink, const struct strip_left *room,
                       double baseline, const char *title)
{
    struct text words = {0};
    double width = room->right - room->left;
    int px = style.px;
    text_append(&words, title);
    if (pen_text_width(pen, style, title) > width)
        style.px = title_px(pen, px, 0.86);
    if (pen_text_width(pen, style, title) > width) {
        style.face = style.face == FACE_BOLD ? FACE_NARROW_BOLD : FACE_NARROW;
        style.px = px;
    }
    if (pen_text_width(pen, style, title) > width)
        style.px = title_px(pen, px, 0.8);
    tile_cut(pen, style, fmax(width, 0), &words);
    pen_text(pen, style, ink, room->left, baseline, ALIGN_LEFT, text_bytes(&words));
    text_finish(&words);
}

/* The answer to a key, for a moment in place of the titles, set off from all that is always there. */
static void notice_draw(struct pen *pen, const struct stage_notice *notice, const struct strip_left *room)
{
    struct text words = {0};
    struct type_style style = {FACE_BOLD, pen_type_px(pen, room->height * notice_share)};
    double pad = style.px * 0.5, most = room->right - room->left - 2 * pad, largest = style.px;
    words_fill(pen->words, notice->word, notice->what, &words);
    if (pen_text_width(pen, style, text_bytes(&words)) > most)
        style.face = FACE_NARROW_BOLD;
    while (style.px > largest * notice_least && pen_text_width(pen, style, text_bytes(&words)) > most)
        style.px--; /* whoever pressed the key stands in front of it */
    tile_cut(pen, style, fmax(most, 0), &words);
    double height = round(style.px * 1.6), middle = round(room->top + room->height / 2);
    double width = round(pen_text_width(pen, style, text_bytes(&words)) + 2 * pad);
    double figure = lettering_figure_height(pen->lettering, style);
    pen_box(pen, (struct box){room->left, middle - height / 2, width, height}, height / 4,
            pen->theme->text_primary);
    pen_text(pen, style, pen->theme->bg, room->left + pad, round(middle + figure / 2), ALIGN_LEFT,
             text_bytes(&words));
    text_finish(&words);
}

/* "4 alertes : Attente max, …" is "4 alertes" where there is no room for names. */
static void shorten(struct pen *pen, struct type_style style, double room, struct text *conclusion)
{
    const char *colon = strstr(text_bytes(conclusion), words_get(pen->words, WORD_COLON));
    style.face = FACE_NARROW;
    if (!colon || pen_text_width(pen, style, text_bytes(conclusion)) <= room)
        return;
    conclusion->length = (size_t)(colon - conclusion->bytes);
    conclusion->bytes[conclusion->length] = '\0';
}

/* "2 alertes : Attente max, Abandon", then whose board it is where there is room. */
static void answer_draw(struct pen *pen, const char *conclusion, const char *title,
                        const struct strip_left *room)
{
    struct type_style style = {FACE_REGULAR, pen_type_px(pen, room->height * title_share)};
    struct strip_left rest = *room;
    struct text answer = {0};
    if (!conclusion || !*conclusion) {
        title_draw(pen, style, pen->theme->text_secondary, room, room->below, title);
        return;
    }
    text_append(&answer, conclusion);
    shorten(pen, style, room->right - room->left, &answer);
    title_draw(pen, style, pen->theme->text_primary, room, room->below, text_bytes(&answer));
    rest.left += pen_text_width(pen, style, text_bytes(&answer)) + style.px;
    if (*title && rest.left + pen_text_width(pen, style, title) <= rest.right)
        title_draw(pen, style, pen->theme->text_secondary, &rest, room->below, title);
    text_finish(&answer);
}

/* The question of the page, which is not to be cut as long as something less important can go. */
static const char *question_of(const struct pen *pen, const struct snapshot *snapshot,
                               const struct stage *stage)
{
    const struct snapshot_page *page =
        stage->page < snapshot->page_count ? &snapshot->pages[stage->page] : NULL;
    if (stage->screen == STAGE_HUDDLE)
        return words_get(pen->words, WORD_HUDDLE);
    if (page && page->title && *page->title)
        return page->title;
    return snapshot->title ? snapshot->title : "";
}

/* The page's question, and below it what is to be said. */
static void titles_draw(struct pen *pen, const struct snapshot *snapshot, const struct stage *stage,
                        const struct strip_left *room)
{
    const char *title = snapshot->title ? snapshot->title : "", *question = question_of(pen, snapshot, stage);
    const struct snapshot_page *page =
        stage->page < snapshot->page_count ? &snapshot->pages[stage->page] : NULL;
    struct type_style large = {FACE_BOLD, pen_type_px(pen, room->height * question_share)};
    if (stage->notice.word >= 0) {
        notice_draw(pen, &stage->notice, room);
        return;
    }
    if (stage->screen == STAGE_HUDDLE)
        page = NULL;
    title_draw(pen, large, pen->theme->text_primary, room, room->question, question);
    if (!room->one_line)
        answer_draw(pen, page ? page->conclusion[pen->language] : NULL,
                    text_equal(question, title) ? "" : title, room);
}

/* Upright the question has a line of its own, above all the rest. */
static bool is_two_lines(const struct pen *pen)
{
    return pen->clip.height >= pen_type_px(pen, pen->unit_px * 62) * 2.4;
}

static struct strip_left room_of(const struct pen *pen, double top, double height)
{
    const struct area *area = &pen->clip;
    return (struct strip_left){.left = area->x,
                               .right = area->x + area->width,
                               .top = top,
                               .height = height,
                               .upper = round(top + height * 0.33),
                               .lower = round(top + height * 0.86),
                               .question = round(top + height * 0.46),
                               .below = round(top + height * 0.90),
                               .one_line = pen_type_px(pen, 1) > height * HEADER_SMALL_SHARE + 0.5};
}

/* In the middle of what there is, where nothing else stands in the room. */
static void centre_question(struct pen *pen, struct strip_left *room)
{
    if (room->one_line)
        room->question =
            widget_baseline(pen, (struct box){room->left, room->top, room->right - room->left, room->height},
                            pen_type_px(pen, room->height * question_share));
}

static void beside_draw(struct pen *pen, const struct snapshot *snapshot, const struct stage *stage,
                        struct now now, const struct beside *beside, struct strip_left *room)
{
    date_and_dots_draw(pen, snapshot, stage, room, now, beside);
    chip_draw(pen, snapshot, room, beside->word, is_two_lines(pen));
}

/* How wide the question is as it is to be, and where it is as small and narrow as it may be. */
static double question_width(struct pen *pen, const struct strip_left *room, const char *question,
                             bool squeezed)
{
    int px = pen_type_px(pen, room->height * question_share);
    struct type_style style = {FACE_BOLD, px};
    if (squeezed)
        style = (struct type_style){FACE_NARROW_BOLD, title_px(pen, px, 0.8)};
    return pen_text_width(pen, style, question);
}

/* The first that leaves the question whole; watched only, not drawn. */
static const struct beside *beside_for(struct pen *pen, const struct snapshot *snapshot,
                                       const struct stage *stage, struct now now,
                                       const struct strip_left *room, const char *question)
{
    bool drawing = pen->drawing;
    size_t i = 0;
    pen->drawing = false;
    for (; i < BESIDES - 1; i++) {
        struct strip_left left = *room;
        beside_draw(pen, snapshot, stage, now, &besides[i], &left);
        if (left.right - left.left >= question_width(pen, room, question, besides[i].squeezes))
            break;
    }
    pen->drawing = drawing;
    return &besides[i];
}

void header_draw(struct pen *pen, const struct snapshot *snapshot, const struct stage *stage, struct now now)
{
    const struct area *area = &pen->clip;
    bool two_lines = is_two_lines(pen);
    double height = two_lines ? area->height / 2.0 : area->height;
    struct strip_left room = room_of(pen, area->y + area->height - height, height),
                      question = room_of(pen, area->y, height);
    pen_fill(pen, pen->theme->bg);
    clock_draw(pen, &room, now, snapshot ? lamp_of(snapshot, now) : -1);
    if (!snapshot) {
        if (stage->notice.word >= 0)
            notice_draw(pen, &stage->notice, two_lines ? &question : &room);
        return;
    }
    if (two_lines) {
        beside_draw(pen, snapshot, stage, now, beside_for(pen, snapshot, stage, now, &room, ""), &room);
    } else {
        const char *asked = question_of(pen, snapshot, stage);
        beside_draw(pen, snapshot, stage, now, beside_for(pen, snapshot, stage, now, &room, asked), &room);
        question = room;
    }
    centre_question(pen, &question);
    titles_draw(pen, snapshot, stage, &question);
}
