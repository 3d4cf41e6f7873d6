/*
 * What a server says beside its figures: Retry-After, a vendor's header, Date, Link, and pages of answers.
 * The first byte chooses; the parts of the rest are separated by zeros. Waits are between none and a day, a
 * next page is on the same server, and the gathered array stays within its limit. tests/fuzz/headers.sh
 * builds and runs it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_reader.h"
#include "fetch/limits.h"
#include "fetch/link_header.h"
#include "fetch/pages.h"
#include "fetch/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DAY_MS = 86400000, MOST_BYTES = 4096 };

static const char first_url[] = "https://acd.example:8443/v1/queues?site=lyon";

/* The part up to the next zero; what is behind the end is empty. */
static const char *next_part(const char **rest, const char *end)
{
    const char *part = *rest < end ? *rest : end;
    *rest = part + strlen(part) + 1;
    return part;
}

static void wait_for(const char *at, const char *end)
{
    const char *retry_after = next_part(&at, end), *vendor = next_part(&at, end), *date = next_part(&at, end);
    struct limit_words words = {*retry_after ? retry_after : NULL, *vendor ? vendor : NULL,
                                *date ? date : NULL};
    for (int meaning = LIMIT_SECONDS; meaning <= LIMIT_EPOCH; meaning++) {
        int64_t wait_ms = limits_wait_ms(&words, (enum limit_meaning)meaning, 1795256100000);
        if (wait_ms < 0 || wait_ms > DAY_MS)
            abort();
    }
}

static void follow_link(const char *at, const char *end)
{
    struct text url = {0};
    const char *header = next_part(&at, end);
    bool found = link_header_next(header, &url);
    if (url.length > strlen(header) || (!found && url.length))
        abort();
    text_finish(&url);
}

static const struct paging pagings[] = {
    {.kind = PAGING_URL, .next = "next"},
    {.kind = PAGING_TOKEN, .next = "next", .send_as = "token"},
    {.kind = PAGING_CURSOR, .next = "next", .more = "more", .send_as = "after"},
    {.kind = PAGING_NUMBER, .send_as = "page", .rows = "rows", .total = "total", .start = 1, .step = 1},
    {.kind = PAGING_SKIP, .send_as = "skip", .rows = "rows", .step = 2},
    {.kind = PAGING_LINK},
};

/* Only answers that are JSON come this far; see response_check_json(). */
static bool take_page(struct pages *pages, struct request *request, const char *body, const char *link)
{
    struct text answer = {0};
    struct fault fault = {0};
    text_append(&answer, body);
    enum pages_turn turn = PAGES_FAILED;
    if (json_check(text_bytes(&answer), answer.length, NULL))
        turn = pages_take(pages, &answer, *link ? link : NULL, request, &fault);
    if (turn == PAGES_NEXT && !url_same_server(first_url, text_bytes(&request->url)))
        abort();
    if (pages->gathered.length > MOST_BYTES || pages->count > PAGES_MOST)
        abort();
    if (turn == PAGES_COMPLETE) {
        pages_take_all(pages, &answer);
        if (!json_check(text_bytes(&answer), answer.length, NULL))
            abort();
    }
    text_finish(&answer);
    return turn == PAGES_NEXT;
}

static void turn_pages(const struct paging *paging, const char *at, const char *end)
{
    struct pages pages = {0};
    struct fault fault = {0};
    struct request request = {.post = paging->kind == PAGING_CURSOR};
    text_append(&request.url, first_url);
    if (request.post)
        text_append(&request.body, "{\"query\":\"q\",\"variables\":{\"first\":50}}");
    bool more = pages_begin(&pages, paging, MOST_BYTES, &request, &fault);
    while (more && at < end) {
        const char *body = next_part(&at, end), *link = next_part(&at, end);
        more = take_page(&pages, &request, body, link);
    }
    pages_finish(&pages);
    request_finish(&request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { PAGINGS = sizeof pagings / sizeof pagings[0] };
    if (size < 1)
        return 0;
    char *text = malloc(size);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    unsigned which = data[0] % (PAGINGS + 2);
    if (which == PAGINGS)
        wait_for(text, text + size - 1);
    else if (which == PAGINGS + 1)
        follow_link(text, text + size - 1);
    else
        turn_pages(&pagings[which], text, text + size - 1);
    free(text);
    return 0;
}
