#ifndef APP_CONFIG_READING_H
#define APP_CONFIG_READING_H

/*
 * How a board file becomes a struct config, shared by app/config*.c alone.
 *
 * In two steps: base/yaml reads the file through the tables into the `…_entry` structs below, as
 * written; then config_{kpis,sources,plans,rules,schedules,pages,displays}_build() look names up, fill in
 * what was left out, check what contradicts itself and fill the config.
 */

#include "app/config.h"
#include "base/yaml.h"

/* What the filter and the cfg of a source speak of; see config_age.c. */
struct config_vocabulary {
    const char *words;
    bool gives_anything; /* of no name of ours: they come with the answer */
};

/* One config on its way. */
struct config_reading {
    struct config *config;
    struct yaml_reader *yaml;
    const char *folder;     /* of the board file: paths in it are relative to here */
    const char **kpi_names; /* all that the catalogue knows, ended by NULL, for "did you mean" */
    struct yaml_place root;
    const struct privacy_entry *privacy;
    size_t budget_count;
    struct budget_settings *budgets;
    const char **budget_names;              /* ended by NULL */
    struct config_vocabulary *vocabularies; /* of the sources, in their order; NULL: nobody asked yet */
    bool stdin_taken;                       /* some source reads standard input */
    bool has_own_notes;                     /* the board file has actions: or verbatims: */
    int64_t wall_ms;                        /* the present; 0: not told */
    struct calendar_date today; /* in the board's zone; none: dates are not compared with the present */
};

/* ---- the entries, as written ---- */

struct when_entry {
    struct yaml_place place; /* without a node: a rule for all hours */
    unsigned weekdays;
    int from_minute, to_minute; /* -1: not given */
    struct calendar_date date;
};

struct config_texts {
    size_t count;
    const char *const *items;
};

struct screen_entry {
    struct yaml_place place;
    double diagonal_in, reading_distance_m;
    int rotation;
    const char *zone, *connector, *mode;
    bool reduced_motion, orbit;
    double dim;
    struct when_entry dim_when;
};

/* One of several displays. */
struct display_entry {
    struct yaml_place place;
    const char *connector, *mode;
    int rotation;                           /* below 0: as screen: has it */
    double diagonal_in, reading_distance_m; /* 0: likewise */
    struct config_texts pages;
};

struct sound_entry {
    struct yaml_place place;
    bool on_critical;
    int volume;
    struct when_entry when;
};

/* Ranking agents needs all of these (P08, P09). */
struct privacy_entry {
    struct yaml_place place;
    const char *individual;
    const char *cse_consulted, *staff_informed, *dpia, *responsible, *until, *controller, *contact;
    const char *agents; /* a file: who takes part */
    struct config_texts score;
};

struct history_entry {
    struct yaml_place place;
    const char *path;
    int keep_days;
};

struct auth_entry {
    struct yaml_place place;
    const char *kind, *header, *parameter;
    struct secret id, secret, user, password, refresh_token, session_token;
    const char *token_url, *client_auth, *client_encoding, *scope, *audience, *token_field, *ca_file;
    const char *platform, *exchange_url, *exchange_by, *exchange_field;
    const char *region, *service;
    struct yaml_text_map form, exchange_form;
    int exchanges_per_minute;
};

#define CONFIG_AUTH_DEFAULTS                                                                                 \
    {                                                                                                        \
        .kind = "none", .client_auth = "basic", .client_encoding = "plain",                                  \
        .platform = "oauth2_client_credentials", .exchange_by = "form", .exchange_field = "subject_token",   \
        .exchanges_per_minute = 3                                                                            \
    }

struct paging_entry {
    struct yaml_place place;
    const char *kind, *next, *more, *send_as, *rows, *total;
    int start, step; /* below 0: not given */
};

struct limit_header_entry {
    struct yaml_place place;
    const char *name, *meaning;
};

struct budget_entry {
    struct yaml_place place;
    const char *name;
    double calls, burst;
    int64_t per_ms;
};

struct source_entry {
    struct yaml_place place;
    const char *name, *adapter, *url, *method, *body, *ca_file, *cfg_json;
    int64_t every_ms, timeout_ms;
    struct yaml_text_map headers;
    struct auth_entry auth;
    const char *proxy, *budget;
    bool latin1_ok;
    struct paging_entry pages;
    struct limit_header_entry limit_header;
};

struct kpi_entry {
    struct yaml_place place;
    const char *id;
    const char *label_fr, *label_fr_short, *label_fr_xs, *label_en, *label_en_short, *label_en_xs;
    const char *definition_fr, *definition_en;
    const char *unit, *format, *suffix_fr, *suffix_en, *direction, *window, *aggregation, *num, *den;
    const char *display, *pair_with, *privacy;
    struct dims where;
    double scale, hysteresis, min_sample, target, range_min, range_max;
    int decimals;
    struct yaml_limit warn, critical;
    int64_t for_ms, clear_ms, stale_after_ms;
};

struct rule_entry {
    struct yaml_place place;
    const char *kpi, *direction;
    struct dims where;
    struct yaml_limit warn, critical, hysteresis, target;
    double min_sample;
    int64_t for_ms, clear_ms, stale_after_ms;
    struct when_entry when;
    struct calendar_date review_by;
};

struct tile_entry {
    struct yaml_place place;
    const char *id, *kpi, *type, *label, *source, *window, *sl_variant;
    const char *by, *bars, *sort, *file, *text, *author, *from, *until, *image;
    struct config_texts kpis, rows;
    int limit, minutes;
    struct dims where;
    struct yaml_size span;
    int objective, key_result;
    struct rule_entry rule; /* its place has no node where the tile has no rule */
};

struct page_entry {
    struct yaml_place place;
    const char *id, *title;
    struct yaml_size grid;
    struct when_entry when;
    struct yaml_list tiles;
};

struct board_entry {
    struct yaml_place place;
    int version;
    const char *title, *language, *time_zone, *theme, *sl_variant;
    bool rotate;
    struct screen_entry screen;
    struct sound_entry sound;
    struct privacy_entry privacy;
    struct yaml_list screens, budgets, sources, kpis, rules, pages, schedules;
    const struct yaml_node *plans;
    struct yaml_list okr, messages, actions, verbatims;
    struct history_entry history;
};

extern const struct yaml_table config_board_table;
extern const struct yaml_table config_display_table;
extern const struct yaml_table config_source_table;
extern const struct yaml_table config_paging_table;
extern const struct yaml_table config_limit_header_table;
extern const struct yaml_table config_budget_table;
extern const struct yaml_table config_auth_table;
extern const struct yaml_table config_kpi_table;
extern const struct yaml_table config_rule_table;
extern const struct yaml_table config_tile_rule_table;
extern const struct yaml_table config_when_table;
extern const struct yaml_table config_schedule_table;
extern const struct yaml_table config_page_table;
extern const struct yaml_table config_objective_table;
extern const struct yaml_table config_message_table;

extern const char *const config_sl_variant_names[]; /* as model/service_level.h has them, ended by NULL */
extern const char *const config_direction_names[];  /* as model/kpi.h writes them, ended by NULL */

/* ---- the second step, in this order ---- */

void config_kpis_build(struct config_reading *reading, const struct yaml_list *entries);
void config_budgets_build(struct config_reading *reading, const struct yaml_list *entries);
void config_sources_build(struct config_reading *reading, const struct yaml_list *entries);
void config_auth_build(struct config_reading *reading, const struct source_entry *source_entry,
                       struct source_settings *source); /* a part of the sources, after their ca_file */
void config_plans_build(struct config_reading *reading, const struct yaml_node *node);
void config_rules_build(struct config_reading *reading, const struct yaml_list *entries);
void config_schedules_build(struct config_reading *reading, const struct yaml_list *entries);
void config_okr_build(struct config_reading *reading, const struct yaml_list *entries);   /* before pages */
void config_notes_build(struct config_reading *reading, const struct board_entry *board); /* before pages */
void config_messages_build(struct config_reading *reading, const struct yaml_list *entries);
void config_pages_build(struct config_reading *reading, const struct yaml_list *entries);
void config_displays_build(struct config_reading *reading, const struct board_entry *board); /* after pages */

/* A source that is a file or standard input; false: it is a server's, and nothing was done. */
bool config_local_build(struct config_reading *reading, const struct source_entry *entry,
                        struct source_settings *source);

/* Pages, limits, budget, proxy of a source whose request is built. */
void config_polling_build(struct config_reading *reading, const struct source_entry *entry,
                          struct source_settings *source);

/* Whether budgets are used, and enough for their sources. */
void config_budgets_check(struct config_reading *reading, const struct yaml_list *entries);

/* Whether a header can have this name. */
bool config_header_name_sound(const char *name);

/* Warns of a tile that shows nothing unless its source sends just that figure. */
void config_answer_check(struct config_reading *reading, const struct tile_entry *entry,
                         const struct tile_settings *tile);

/* What a tile shows besides figures, by its type; config_contents.c. */
void config_table_build(struct config_reading *reading, const struct tile_entry *entry,
                        struct tile_settings *tile);
void config_ranking_build(struct config_reading *reading, const struct kpi *kpi, struct tile_settings *tile);
void config_podium_build(struct config_reading *reading, const struct tile_entry *entry,
                         struct tile_settings *tile); /* config_ranking.c */
void config_list_build(struct config_reading *reading, const struct tile_entry *entry,
                       struct tile_settings *tile);
void config_text_build(struct config_reading *reading, const struct tile_entry *entry,
                       struct tile_settings *tile);
void config_countdown_build(struct config_reading *reading, const struct tile_entry *entry,
                            struct tile_settings *tile);

/* Whether all tiles of a page find a place in its grid. */
bool config_page_has_room(const struct page_settings *page);

/* Says of every display which of its pages have tiles that are too small for its reading distance, as it
 * hangs. */
void config_legible_check(struct config_reading *reading, const struct yaml_list *pages);

/* Warns of a tile whose figures are too old before its source is asked again; `named` NULL: it names none. */
void config_age_check(struct config_reading *reading, const struct yaml_place *place,
                      const struct tile_settings *tile, const struct source_settings *named);

/* Warns of tiles whose figure, as it would really be drawn on the display, is too low to be read from where
 * people stand. */
void config_drawn_check(struct config_reading *reading, const struct display_settings *display,
                        const struct page_entry *entry, const struct page_settings *page);

/* Whom rules and hours are for can only be judged when the pages are known. */
void config_rules_check(struct config_reading *reading, const struct yaml_list *entries);
void config_schedules_check(struct config_reading *reading, const struct yaml_list *entries);

/* Whether some tile's figures lie inside `where`, and are of the KPI (NULL: any). */
bool config_shown_where(const struct config_reading *reading, const struct kpi *kpi,
                        const struct dims *where);

/* A rule of a tile or of the list; `kpi` is what it judges, already looked up (NULL: unknown, fewer checks).
 */
struct rule_settings config_rule_make(struct config_reading *reading, const struct rule_entry *entry,
                                      const struct kpi *kpi);

/* The hours of a rule; not given where it has none. */
struct rule_hours config_when_make(struct config_reading *reading, const struct when_entry *when);

/* Whether both are for weekdays, or both for one date, and have a minute in common. */
bool config_hours_meet(const struct rule_hours *a, const struct rule_hours *b);

/* The KPI, or NULL with a problem at key "kpi". */
const struct kpi *config_kpi_find(struct config_reading *reading, const struct yaml_place *place,
                                  const char *id);

/* Whether the KPI may be shown in the screen's zone; else the error says why not. */
bool config_kpi_allowed(const struct config_reading *reading, const struct kpi *kpi, struct error *error);

/* Own kinds of the tables. */
void config_read_where(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                       void *target); /* struct dims */
extern const char config_where_schema[];
void config_read_texts(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                       void *target); /* struct config_texts */
extern const char config_texts_schema[];
void config_read_date(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                      void *target); /* struct calendar_date */
extern const char config_date_schema[];
void config_read_plans(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                       void *target); /* const struct yaml_node *, a map */
extern const char config_plans_schema[];

/* "a file of the board": absolute, or relative to the board's folder. Lives in the arena. */
const char *config_file_path(struct config_reading *reading, const char *path);

/* What may be wrong with an address of a source that begins with http:// or https://. */
void config_check_address(struct config_reading *reading, const struct yaml_place *place, const char *key,
                          const char *url, bool carries_secret);
bool config_header_name_sound(const char *name);

#endif
