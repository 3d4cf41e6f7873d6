#include "app/likely.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "fetch/request.h"

enum {
    MOST_FILE_BYTES = 1 << 20,
    MOST_TOKENS = 32,
    TOKEN_BYTES = 24,
    OWN_KEY = 3, /* what a word in the value's own key counts, and one in the keys around it */
    AROUND = 1,
    LEFT_OVER = -1,
    LONGEST_PLAUSIBLE_S = 60 * 86400,
    MOST_PLAUSIBLE_COUNT = 100000000,
    DAY_S = 86400
};

struct likely_words {
    struct cJSON *file;
    const struct catalogue *catalogue;
};

struct token {
    char bytes[TOKEN_BYTES];
    int weight;
    bool used;
};

struct tokens {
    size_t count;
    struct token all[MOST_TOKENS];
};

struct likely_words *likely_words_read(const char *assets_folder, const struct catalogue *catalogue,
                                       struct error *error)
{
    struct text path = {0};
    text_append_format(&path, "%s/probe/words.json", assets_folder);
    struct likely_words *words = memory_create(1, sizeof *words);
    words->catalogue = catalogue;
    words->file = json_read_file(text_bytes(&path), MOST_FILE_BYTES, error);
    text_finish(&path);
    if (words->file)
        return words;
    free(words);
    return NULL;
}

void likely_words_destroy(struct likely_words *words)
{
    if (!words)
        return;
    json_destroy(words->file);
    free(words);
}

/* ---- names into words ---- */

/* The letter without its accent, small; 0: none that a word is made of. */
static char plain_letter(uint32_t c)
{
    static const char latin1[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuypsaaaaaaaceeeeiiiidnooooo\0ouuuuypy";
    if (c < 0x80)
        return isalnum((int)c) ? (char)tolower((int)c) : '\0';
    return c >= 0xC0 && c <= 0xFF ? latin1[c - 0xC0] : '\0';
}

static bool is_capital(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE);
}

static void begin_token(struct tokens *tokens, int weight)
{
    if (tokens->count && !tokens->all[tokens->count - 1].bytes[0])
        tokens->all[tokens->count - 1].weight = weight;
    else if (tokens->count < MOST_TOKENS)
        tokens->all[tokens->count++] = (struct token){.weight = weight};
}

static void append_letter(struct tokens *tokens, char letter)
{
    struct token *token = &tokens->all[tokens->count - 1];
    size_t length = strlen(token->bytes);
    if (length + 1 < TOKEN_BYTES)
        token->bytes[length] = letter;
}

/* "avgWaitMs", "SLPct", "attente_max": a word begins behind what is no letter, and where small letters end.
 */
static void split(struct tokens *tokens, const char *name, int weight)
{
    uint32_t before = 0;
    begin_token(tokens, weight);
    while (*name) {
        uint32_t c = utf8_next(&name);
        const char *peek = name;
        uint32_t next = *peek ? utf8_next(&peek) : 0;
        char letter = plain_letter(c);
        bool begins = is_capital(c) && (!is_capital(before) || (plain_letter(next) && !is_capital(next) &&
                                                                !isdigit((int)(next & 0x7F))));
        if (!letter || (before && begins))
            begin_token(tokens, weight);
        if (letter)
            append_letter(tokens, letter);
        before = letter ? c : 0;
    }
}

static void drop_empty_token(struct tokens *tokens)
{
    if (tokens->count && !tokens->all[tokens->count - 1].bytes[0])
        tokens->count--;
}

/* The value's own key, the keys around it, and those of the lists that it is in. */
static void tokens_of(struct tokens *tokens, const struct scalars *all, const struct scalar *scalar)
{
    size_t around = strlen(scalar->words), own = strlen(scalar->key) + 1;
    struct text before = {0};
    text_append_bytes(&before, scalar->words, around > own ? around - own : 0);
    split(tokens, scalar->key, OWN_KEY);
    split(tokens, text_bytes(&before), AROUND);
    for (int list = scalar->list; list != SCALARS_NO_LIST; list = all->lists[list].parent)
        split(tokens, all->lists[list].key, AROUND);
    drop_empty_token(tokens);
    text_finish(&before);
}

/* A word that ends in an asterisk is a beginning; a plural s does not count. */
static bool word_is(const char *word, size_t length, const char *token)
{
    if (word[length - 1] == '*')
        return strncmp(word, token, length - 1) == 0;
    return strncmp(word, token, length) == 0 && (token[length] == '\0' || strcmp(token + length, "s") == 0);
}

static struct token *find_token(struct tokens *tokens, const char *word, size_t length)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (word_is(word, length, tokens->all[i].bytes))
            return &tokens->all[i];
    return NULL;
}

/* What a phrase counts if all its words are there and one is in the own key; 0: it does not fit. */
static int phrase_score(struct tokens *tokens, const char *phrase)
{
    int score = 0, best = 0;
    while (*phrase) {
        size_t length = strcspn(phrase, " ");
        struct token *token = find_token(tokens, phrase, length);
        if (!token)
            return 0;
        token->used = true;
        score += token->weight;
        best = token->weight > best ? token->weight : best;
        phrase += length;
        phrase += strspn(phrase, " ");
    }
    return best == OWN_KEY ? score : 0;
}

static bool any_phrase(struct tokens *tokens, const struct cJSON *phrases)
{
    for (const struct cJSON *at = json_first(phrases); at; at = json_next(at))
        if (phrase_score(tokens, json_text(at)) > 0)
            return true;
    return false;
}

/* The same wherever the words stand. */
static bool any_word(struct tokens *tokens, const struct cJSON *phrases)
{
    for (size_t i = 0; i < tokens->count; i++) {
        struct tokens one = {.count = 1, .all = {tokens->all[i]}};
        one.all[0].weight = OWN_KEY;
        if (any_phrase(&one, phrases))
            return true;
    }
    return false;
}

/* ---- which figure ---- */

/* Words of the own key that the phrase leaves without a meaning make it less likely. */
static int left_over(const struct likely_words *words, struct tokens *tokens)
{
    int sum = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        struct tokens one = {.count = 1, .all = {tokens->all[i]}};
        if (tokens->all[i].weight == OWN_KEY && !tokens->all[i].used &&
            !any_phrase(&one, json_member(words->file, "noise")))
            sum += LEFT_OVER;
    }
    return sum;
}

static void forget_use(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        tokens->all[i].used = false;
}

static int row_score(const struct likely_words *words, struct tokens *tokens, const struct cJSON *row)
{
    int best = 0;
    for (const struct cJSON *at = json_first(json_member(row, "words")); at; at = json_next(at)) {
        forget_use(tokens);
        int score = phrase_score(tokens, json_text(at));
        if (score > 0)
            score = 2 * score + left_over(words, tokens);
        best = score > best ? score : best;
    }
    return best > 0 && any_word(tokens, json_member(row, "not")) ? 0 : best;
}

static const struct cJSON *best_row(const struct likely_words *words, struct tokens *tokens, int *best)
{
    const struct cJSON *found = NULL;
    *best = 0;
    for (const struct cJSON *row = json_first(json_member(words->file, "figures")); row;
         row = json_next(row)) {
        int score = row_score(words, tokens, row);
        if (score > *best) {
            *best = score;
            found = row;
        }
    }
    return found;
}

static enum period period_of(const struct likely_words *words, struct tokens *tokens, const char *id)
{
    const struct counter *counter = catalogue_counter(words->catalogue, id);
    const struct kpi *kpi = catalogue_kpi(words->catalogue, id);
    enum period period;
    if (counter && counter->gauge)
        return PERIOD_NOW;
    for (const struct cJSON *row = json_first(json_member(words->file, "periods")); row; row = json_next(row))
        if (any_word(tokens, json_member(row, "words")) &&
            period_parse(json_member_text(row, "window"), &period))
            return period;
    return !counter && kpi && (int)kpi->default_period < PERIOD_SAMPLE_COUNT ? kpi->default_period
                                                                             : PERIOD_TODAY;
}

static enum unit unit_of(const struct likely_words *words, const char *id)
{
    const struct counter *counter = catalogue_counter(words->catalogue, id);
    const struct kpi *kpi = catalogue_kpi(words->catalogue, id);
    return counter ? counter->unit : kpi ? kpi->unit : UNIT_COUNT;
}

static double factor_of(const struct likely_words *words, struct tokens *tokens, enum unit unit)
{
    if (unit != UNIT_SECONDS)
        return 1;
    for (const struct cJSON *row = json_first(json_member(words->file, "factors")); row;
         row = json_next(row)) {
        struct tokens own = {0};
        for (size_t i = 0; i < tokens->count; i++)
            if (tokens->all[i].weight == OWN_KEY)
                own.all[own.count++] = tokens->all[i];
        if (any_word(&own, json_member(row, "words")))
            return json_member_number(row, "k", 1);
    }
    return 1;
}

static struct likely guess(const struct likely_words *words, struct tokens *tokens)
{
    struct likely likely = {.factor = 1};
    const struct cJSON *row = best_row(words, tokens, &likely.score);
    if (!row)
        return likely;
    likely.id = json_member_text(row, "id");
    likely.period = period_of(words, tokens, likely.id);
    likely.factor = factor_of(words, tokens, unit_of(words, likely.id));
    return likely;
}

/* A share of 1 is a percentage of 100; only where all values lie below 1 and one is not whole. */
static bool is_share(const struct scalar *scalar)
{
    return scalar->most <= 1 && scalar->least >= 0 &&
           (floor(scalar->most) != scalar->most || floor(scalar->least) != scalar->least);
}

static bool is_whole(double value)
{
    return value == floor(value);
}

static bool is_plausible(const struct scalar *scalar, enum unit unit, double factor)
{
    double least = scalar->least * factor, most = scalar->most * factor;
    if (unit == UNIT_SCORE_M100_100)
        return least >= -100 && most <= 100;
    if (least < 0)
        return false;
    if (unit == UNIT_COUNT)
        return most <= MOST_PLAUSIBLE_COUNT && is_whole(least) && is_whole(most);
    if (unit == UNIT_SECONDS)
        return most <= LONGEST_PLAUSIBLE_S;
    return unit != UNIT_PERCENT || most <= 100;
}

struct likely likely_guess(const struct likely_words *words, const struct scalars *all,
                           const struct scalar *scalar)
{
    struct tokens tokens = {0};
    const struct likely none = {0};
    if (scalar->numeric == 0 || likely_is_private(words, all, scalar) ||
        likely_is_of_people(words, all, scalar->list))
        return none;
    tokens_of(&tokens, all, scalar);
    struct likely likely = guess(words, &tokens);
    if (!likely.id)
        return none;
    enum unit unit = unit_of(words, likely.id);
    if (unit == UNIT_PERCENT && is_share(scalar))
        likely.factor = 100;
    return is_plausible(scalar, unit, likely.factor) ? likely : none;
}

struct likely likely_guess_name(const struct likely_words *words, const char *name)
{
    struct tokens tokens = {0};
    if (catalogue_counter(words->catalogue, name) || catalogue_kpi(words->catalogue, name))
        return (struct likely){name, 1, period_of(words, &tokens, name), OWN_KEY};
    split(&tokens, name, OWN_KEY);
    drop_empty_token(&tokens);
    return guess(words, &tokens);
}

/* ---- what is nobody's business ---- */

static bool looks_like_address(const char *text)
{
    const char *at = strchr(text, '@');
    return at && at != text && strchr(at, '.');
}

/* Eight digits and more, as people write telephone numbers. */
static bool looks_like_phone(const char *text)
{
    size_t digits = 0;
    if (*text != '+' && *text != '0' && *text != '(')
        return false;
    for (; *text; text++) {
        if (!strchr("0123456789 .-()/+", *text))
            return false;
        digits += isdigit((unsigned char)*text) != 0;
    }
    return digits >= 8;
}

static bool any_looks_personal(const struct scalar *scalar)
{
    for (size_t i = 0; i < scalar->different; i++)
        if (looks_like_address(scalar->texts[i]) || looks_like_phone(scalar->texts[i]))
            return true;
    return false;
}

static bool names_a_place(const struct likely_words *words, struct tokens *tokens)
{
    for (const struct cJSON *row = json_first(json_member(words->file, "dims")); row; row = json_next(row))
        if (any_word(tokens, json_member(row, "words")))
            return true;
    return false;
}

/* A name is somebody's unless it is plainly a queue's or the like. */
bool likely_is_private(const struct likely_words *words, const struct scalars *all,
                       const struct scalar *scalar)
{
    struct tokens tokens = {0}, own = {0};
    tokens_of(&tokens, all, scalar);
    split(&own, scalar->key, OWN_KEY);
    drop_empty_token(&own);
    if (any_phrase(&own, json_member(words->file, "personal")) || any_looks_personal(scalar))
        return true;
    if (scalar->seen[SCALAR_TEXT] == 0)
        return false;
    if (request_sounds_secret(scalar->key, strlen(scalar->key)) &&
        scalars_number(scalar->texts[0]) != scalars_number(scalar->texts[0]))
        return true;
    bool is_name = any_phrase(&own, json_member(words->file, "names"));
    return any_word(&tokens, json_member(words->file, "people")) ||
           (is_name && !names_a_place(words, &tokens));
}

static bool key_is_of_people(const struct likely_words *words, const char *key)
{
    struct tokens tokens = {0};
    split(&tokens, key, OWN_KEY);
    drop_empty_token(&tokens);
    return any_word(&tokens, json_member(words->file, "people"));
}

static bool has_personal_value(const struct likely_words *words, const struct scalars *all, int list)
{
    for (size_t i = 0; i < all->count; i++) {
        struct tokens own = {0};
        if (all->all[i].list != list)
            continue;
        split(&own, all->all[i].key, OWN_KEY);
        drop_empty_token(&own);
        if (any_phrase(&own, json_member(words->file, "personal")) || any_looks_personal(&all->all[i]))
            return true;
    }
    return false;
}

bool likely_is_of_people(const struct likely_words *words, const struct scalars *all, int list)
{
    for (; list != SCALARS_NO_LIST; list = all->lists[list].parent)
        if (key_is_of_people(words, all->lists[list].key) || has_personal_value(words, all, list))
            return true;
    return false;
}

/* ---- what tells items apart ---- */

static bool dim_by_words(const struct likely_words *words, const char *name, enum dim *dim)
{
    struct tokens tokens = {0};
    split(&tokens, name, OWN_KEY);
    drop_empty_token(&tokens);
    for (const struct cJSON *row = json_first(json_member(words->file, "dims")); row; row = json_next(row))
        if (any_phrase(&tokens, json_member(row, "words")))
            return dim_parse(json_member_text(row, "dim"), dim);
    return false;
}

/* A plain "name" is one of what the list is called after. */
static enum dim dim_of_list(const struct likely_words *words, const struct scalar_list *list)
{
    enum dim dim;
    return dim_by_words(words, list->key, &dim) ? dim : DIM_QUEUE;
}

static bool may_name(const struct likely_words *words, const struct scalar *scalar)
{
    struct tokens own = {0};
    split(&own, scalar->key, OWN_KEY);
    drop_empty_token(&own);
    return any_phrase(&own, json_member(words->file, "names")) &&
           !any_phrase(&own, json_member(words->file, "personal"));
}

static bool is_text_of(const struct scalar *scalar, int list)
{
    return scalar->list == list && scalar->seen[SCALAR_TEXT] > 0 && scalar->numeric == 0;
}

static const struct scalar *value_of_dim(const struct likely_words *words, const struct scalars *all,
                                         int list, enum dim *dim, bool channels)
{
    for (size_t i = 0; i < all->count; i++)
        if (is_text_of(&all->all[i], list) && dim_by_words(words, all->all[i].key, dim) &&
            (*dim == DIM_CHANNEL) == channels)
            return &all->all[i];
    return NULL;
}

/* "name" is better than "id", as the table has it. */
static const struct scalar *plain_name(const struct likely_words *words, const struct scalars *all, int list)
{
    for (const struct cJSON *word = json_first(json_member(words->file, "names")); word;
         word = json_next(word))
        for (size_t i = 0; i < all->count; i++) {
            struct tokens own = {0};
            split(&own, all->all[i].key, OWN_KEY);
            drop_empty_token(&own);
            if (all->all[i].list == list &&
                all->all[i].seen[SCALAR_TEXT] + all->all[i].seen[SCALAR_NUMBER] > 0 &&
                may_name(words, &all->all[i]) && phrase_score(&own, json_text(word)) > 0)
                return &all->all[i];
        }
    return NULL;
}

/* "desk" in "desks", "bureau" in "bureaux". */
static bool is_one_of(const char *key, const char *list_key)
{
    static const char *const ends[] = {"s", "es", "x"};
    size_t length = strlen(key);
    if (length == 0 || strncasecmp(key, list_key, length) != 0)
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (strcasecmp(list_key + length, ends[i]) == 0)
            return true;
    return false;
}

static const struct scalar *named_after_list(const struct likely_words *words, const struct scalars *all,
                                             int list)
{
    for (size_t i = 0; i < all->count; i++)
        if (is_text_of(&all->all[i], list) && is_one_of(all->all[i].key, all->lists[list].key) &&
            !likely_is_private(words, all, &all->all[i]))
            return &all->all[i];
    return NULL;
}

bool likely_name_of(const struct likely_words *words, const struct scalars *all, int list,
                    const struct scalar **name, enum dim *dim)
{
    const struct scalar_list *about = &all->lists[list];
    *dim = dim_of_list(words, about);
    *name = NULL;
    if (about->by_name)
        return true;
    if ((*name = plain_name(words, all, list)))
        return true;
    enum dim of_value;
    if ((*name = value_of_dim(words, all, list, &of_value, false))) {
        *dim = of_value;
        return true;
    }
    return (*name = named_after_list(words, all, list)) != NULL;
}

const struct scalar *likely_channel_of(const struct likely_words *words, const struct scalars *all, int list)
{
    enum dim dim;
    return value_of_dim(words, all, list, &dim, true);
}

void likely_write_channels(const struct likely_words *words, struct text *out)
{
    const char *separator = "{";
    for (const struct cJSON *at = json_first(json_member(words->file, "channels")); at; at = json_next(at)) {
        text_append_format(out, "%s\"%s\": \"%s\"", separator, json_key(at), json_text(at));
        separator = ", ";
    }
    text_append(out, "}");
}

/* ---- the answer as a whole ---- */

/* Seconds or milliseconds since 1970, or a text with its offset; NaN: no such moment. */
static double moment_s(const struct scalar *scalar)
{
    int64_t wall_ms;
    if (scalar->seen[SCALAR_NUMBER] > 0)
        return scalar->first > 1e11 ? scalar->first / 1000 : scalar->first;
    const char *text = scalar->different ? scalar->texts[0] : "";
    size_t length = strlen(text);
    bool has_offset = length > 19 && (text[length - 1] == 'Z' || strpbrk(text + 19, "+-"));
    return has_offset && calendar_parse_iso(text, &wall_ms) ? (double)wall_ms / 1000 : NAN;
}

const struct scalar *likely_moment(const struct likely_words *words, const struct scalars *all, double now_s)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct scalar *scalar = &all->all[i];
        struct tokens tokens = {0};
        if (scalar->list != SCALARS_NO_LIST)
            continue;
        split(&tokens, scalar->words, OWN_KEY);
        drop_empty_token(&tokens);
        if (any_phrase(&tokens, json_member(words->file, "moments")) &&
            fabs(moment_s(scalar) - now_s) < DAY_S)
            return scalar;
    }
    return NULL;
}

static bool has_shape(const struct scalars *all, const struct cJSON *row)
{
    for (const struct cJSON *path = json_first(json_member(row, "paths")); path; path = json_next(path))
        if (!scalars_at(all, json_text(path)))
            return false;
    return true;
}

bool likely_known_shape(const struct likely_words *words, const struct scalars *all,
                        struct known_shape *shape)
{
    for (const struct cJSON *row = json_first(json_member(words->file, "shapes")); row;
         row = json_next(row)) {
        if (!has_shape(all, row))
            continue;
        *shape = (struct known_shape){.what = json_member_text(row, "what"),
                                      .adapter = json_member_text(row, "adapter"),
                                      .names = scalars_at(all, json_member_text(row, "names")),
                                      .map = json_member_text(row, "map")};
        return true;
    }
    return false;
}

const char *likely_tile(const struct likely_words *words, size_t index)
{
    const struct cJSON *at = json_first(json_member(words->file, "tiles"));
    while (at && index--)
        at = json_next(at);
    return json_text(at);
}
