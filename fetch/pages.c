#include "fetch/pages.h"

#include <curl/curl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/yaml.h"
#include "fetch/link_header.h"
#include "fetch/query.h"
#include "fetch/url.h"

static enum pages_turn fail(struct fault *fault, enum source_problem problem)
{
    fault->problem = problem;
    return PAGES_FAILED;
}

/* ---- what is asked for ---- */

/* False: it was asked for before in this poll, so the pages go round in a circle. */
static bool note_asked(struct pages *pages, const char *what)
{
    uint64_t hash = text_hash(TEXT_HASH_BEGIN, what, strlen(what));
    for (size_t i = 0; i < pages->asked_count; i++)
        if (pages->asked[i] == hash)
            return false;
    pages->asked[pages->asked_count++] = hash;
    return true;
}

/* Puts a value (JSON text) where the next request says which page it wants. */
static bool put_into_request(const struct paging *paging, struct request *request, const char *json,
                             const char *plain, struct fault *fault)
{
    struct text place = {0};
    if (!request->post) {
        query_set(&request->url, paging->send_as, plain);
        return true;
    }
    text_append_format(&place, "%s%s", paging->kind == PAGING_CURSOR ? "variables." : "", paging->send_as);
    bool put = json_put(&request->body, text_bytes(&place), json);
    if (!put)
        error_set(&fault->detail, "the body has no place for pages.send_as \"%s\"; it must be a JSON object",
                  text_bytes(&place));
    text_finish(&place);
    return put;
}

static bool put_number(struct pages *pages, struct request *request, double number, struct fault *fault)
{
    struct text written = {0};
    json_write_number(&written, number);
    bool put = put_into_request(pages->paging, request, text_bytes(&written), text_bytes(&written), fault);
    text_finish(&written);
    return put;
}

static bool is_counted(const struct paging *paging)
{
    return paging->kind == PAGING_NUMBER || paging->kind == PAGING_SKIP;
}

bool pages_begin(struct pages *pages, const struct paging *paging, size_t max_bytes, struct request *request,
                 struct fault *fault)
{
    pages_finish(pages);
    pages->paging = paging;
    pages->max_bytes = max_bytes;
    if (is_counted(paging) && !put_number(pages, request, paging->start, fault)) {
        fault->problem = SOURCE_DOCUMENT;
        return false;
    }
    note_asked(pages, text_bytes(&request->url));
    return true;
}

/* ---- the ways on ---- */

/* The words of an answer that is an error in itself: they say more than ours. */
static const char *vendors_words(const struct cJSON *answer)
{
    const struct cJSON *first = json_first(json_member(answer, "errors"));
    const char *words = json_member_text(first, "message");
    return words ? words : json_member_text(answer, "error");
}

static enum pages_turn fail_at_place(const struct cJSON *answer, const char *place, const char *what,
                                     struct fault *fault)
{
    const char *words = vendors_words(answer);
    error_set(&fault->detail, "%s at \"%s\"%s%.200s", what, place, words ? "; the answer says: " : "",
              words ? words : "");
    return fail(fault, SOURCE_DOCUMENT);
}

static enum pages_turn go_to_url(struct pages *pages, const char *next, struct request *request,
                                 struct fault *fault)
{
    struct text url = {0};
    if (!url_resolve(text_bytes(&request->url), next, &url) ||
        !url_same_server(text_bytes(&request->url), text_bytes(&url))) {
        text_finish(&url);
        error_set(&fault->detail, "the next page is said to be on another server; not asked, since "
                                  "credentials must not go there");
        return fail(fault, SOURCE_DOCUMENT);
    }
    text_finish(&request->url);
    request->url = url;
    if (note_asked(pages, text_bytes(&url)))
        return PAGES_NEXT;
    error_set(&fault->detail, "the next page is one that was read already: the pages go round in a circle");
    return fail(fault, SOURCE_DOCUMENT);
}

static enum pages_turn turn_by_url(struct pages *pages, const struct cJSON *answer, const char *link,
                                   struct request *request, struct fault *fault)
{
    const struct cJSON *next = json_at(answer, pages->paging->next);
    const char *url = json_text(next);
    (void)link;
    if (url && *url)
        return go_to_url(pages, url, request, fault);
    if (json_is_object(next) || json_is_array(next) || json_is_number(next))
        return fail_at_place(answer, pages->paging->next, "there is no URL", fault);
    return PAGES_COMPLETE;
}

static enum pages_turn turn_by_link(struct pages *pages, const struct cJSON *answer, const char *link,
                                    struct request *request, struct fault *fault)
{
    struct text next = {0};
    enum pages_turn turn = PAGES_COMPLETE;
    (void)answer;
    if (link && link_header_next(link, &next))
        turn = go_to_url(pages, text_bytes(&next), request, fault);
    text_finish(&next);
    return turn;
}

/* A token as it is sent back: as a text or a number, as it came. */
static bool write_token(const struct cJSON *token, struct text *json, struct text *plain)
{
    const char *text = json_text(token);
    if (text) {
        json_write_text(json, text);
        text_append(plain, text);
    } else if (json_is_number(token)) {
        json_write_number(json, json_number(token, 0));
        text_append(plain, text_bytes(json));
    }
    return plain->length > 0;
}

static enum pages_turn send_token(struct pages *pages, const char *json, const char *plain,
                                  struct request *request, struct fault *fault)
{
    if (!put_into_request(pages->paging, request, json, plain, fault))
        return fail(fault, SOURCE_DOCUMENT);
    if (note_asked(pages, plain))
        return PAGES_NEXT;
    error_set(&fault->detail, "the same token came twice: the pages go round in a circle");
    return fail(fault, SOURCE_DOCUMENT);
}

static enum pages_turn turn_by_token(struct pages *pages, const struct cJSON *answer, const char *link,
                                     struct request *request, struct fault *fault)
{
    struct text json = {0}, plain = {0};
    enum pages_turn turn = PAGES_COMPLETE;
    const struct cJSON *token = json_at(answer, pages->paging->next);
    (void)link;
    if (json_is_object(token) || json_is_array(token))
        turn = fail_at_place(answer, pages->paging->next, "there is no token", fault);
    else if (write_token(token, &json, &plain))
        turn = send_token(pages, text_bytes(&json), text_bytes(&plain), request, fault);
    text_finish(&json);
    text_finish(&plain);
    return turn;
}

static enum pages_turn turn_by_cursor(struct pages *pages, const struct cJSON *answer, const char *link,
                                      struct request *request, struct fault *fault)
{
    const char *place = pages->paging->more;
    const struct cJSON *more = json_at(answer, place);
    if (!json_is_true(more))
        return json_is_boolean(more) ? PAGES_COMPLETE
                                     : fail_at_place(answer, place, "there is no true or false", fault);
    enum pages_turn turn = turn_by_token(pages, answer, link, request, fault);
    return turn == PAGES_COMPLETE
               ? fail_at_place(answer, pages->paging->next, "there are more pages, but no cursor is", fault)
               : turn;
}

/* A total may be written as a text. NaN: there is none. */
static double total_of(const struct cJSON *answer, const char *place)
{
    const struct cJSON *total = json_at(answer, place);
    const char *text = json_text(total);
    double number = NAN;
    return text && yaml_parse_number(text, &number) ? number : json_number(total, NAN);
}

/* All rows came, or a page without any: where a total is told, both must agree. */
static enum pages_turn judge_count(const struct pages *pages, const struct cJSON *answer, size_t rows,
                                   struct fault *fault)
{
    double total = pages->paging->total ? total_of(answer, pages->paging->total) : (double)INFINITY;
    if (isnan(total))
        return fail_at_place(answer, pages->paging->total, "there is no number of rows", fault);
    if (pages->rows >= total || (rows == 0 && isinf(total)))
        return PAGES_COMPLETE;
    if (rows > 0)
        return PAGES_NEXT;
    error_set(&fault->detail, "an empty page, while %.0f of %.0f rows came", pages->rows, total);
    return fail(fault, SOURCE_DOCUMENT);
}

static enum pages_turn turn_by_count(struct pages *pages, const struct cJSON *answer, const char *link,
                                     struct request *request, struct fault *fault)
{
    const struct paging *paging = pages->paging;
    const char *place = paging->rows ? paging->rows : "";
    const struct cJSON *list = json_at(answer, place);
    (void)link;
    if (!json_is_array(list))
        return fail_at_place(answer, place, "there is no list of rows", fault);
    pages->rows += (double)json_count(list);
    enum pages_turn turn = judge_count(pages, answer, json_count(list), fault);
    double next = paging->start + (double)paging->step * (double)pages->count;
    if (turn == PAGES_NEXT && !put_number(pages, request, next, fault))
        return fail(fault, SOURCE_DOCUMENT);
    return turn;
}

typedef enum pages_turn turner(struct pages *pages, const struct cJSON *answer, const char *link,
                               struct request *request, struct fault *fault);
static turner *const turners[] = {
    [PAGING_URL] = turn_by_url,      [PAGING_TOKEN] = turn_by_token, [PAGING_CURSOR] = turn_by_cursor,
    [PAGING_NUMBER] = turn_by_count, [PAGING_SKIP] = turn_by_count,  [PAGING_LINK] = turn_by_link,
};

/* ---- gathering ---- */

/* A server that does not know the parameter sends its first page for ever. */
static bool is_page_before(struct pages *pages, const struct text *answer)
{
    uint64_t page = text_hash(TEXT_HASH_BEGIN, text_bytes(answer), answer->length);
    bool same = pages->count > 0 && page == pages->last_page;
    pages->last_page = page;
    return same && is_counted(pages->paging);
}

static bool gather(struct pages *pages, const struct text *answer, struct fault *fault)
{
    if (answer->length + 2 > pages->max_bytes - pages->gathered.length) {
        fault->problem = SOURCE_TOO_LARGE;
        fault->number = (double)pages->max_bytes / (1 << 20);
        error_set(&fault->detail, "the pages have more than %.3g MiB together; ask for less of it",
                  fault->number);
        return false;
    }
    text_append(&pages->gathered, pages->count ? "," : "[");
    text_append_bytes(&pages->gathered, text_bytes(answer), answer->length);
    pages->count++;
    return true;
}

static enum pages_turn turn(struct pages *pages, const struct text *answer, const char *link,
                            struct request *request, struct fault *fault)
{
    struct cJSON *value = json_parse(text_bytes(answer), answer->length, &fault->detail);
    if (!value)
        return fail(fault, SOURCE_NOT_JSON);
    enum pages_turn turn = turners[pages->paging->kind](pages, value, link, request, fault);
    json_destroy(value);
    if (turn != PAGES_NEXT || pages->count < PAGES_MOST)
        return turn;
    error_set(&fault->detail, "more than %d pages; ask for less, or for more on a page", PAGES_MOST);
    return fail(fault, SOURCE_DOCUMENT);
}

enum pages_turn pages_take(struct pages *pages, const struct text *answer, const char *link,
                           struct request *request, struct fault *fault)
{
    *fault = (struct fault){0};
    bool again = is_page_before(pages, answer);
    if (!gather(pages, answer, fault))
        return PAGES_FAILED;
    enum pages_turn then = turn(pages, answer, link, request, fault);
    if (then != PAGES_NEXT || !again)
        return then;
    error_set(&fault->detail, "the same page came twice; does the server know the parameter \"%s\"?",
              pages->paging->send_as);
    return fail(fault, SOURCE_DOCUMENT);
}

void pages_take_all(struct pages *pages, struct text *answer)
{
    text_finish(answer);
    *answer = pages->gathered;
    pages->gathered = (struct text){0};
    text_append(answer, "]");
}

void pages_finish(struct pages *pages)
{
    text_finish(&pages->gathered);
    *pages = (struct pages){0};
}
