#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "fetch/link_header.h"
#include "fetch/pages.h"
#include "fetch/url.h"

enum { MEBIBYTE = 1 << 20 };

/* One poll of a source with pages. */
struct turning {
    struct paging paging;
    struct pages pages;
    struct request request;
    struct fault fault;
};

static void begin(struct turning *turning, const struct paging *paging, const char *url, const char *body)
{
    *turning = (struct turning){.paging = *paging};
    text_append(&turning->request.url, url);
    if (body)
        text_append(&turning->request.body, body);
    turning->request.post = body != NULL;
    assert_true(pages_begin(&turning->pages, &turning->paging, MEBIBYTE, &turning->request, &turning->fault));
}

static enum pages_turn take(struct turning *turning, const char *answer, const char *link)
{
    struct text bytes = {0};
    text_append(&bytes, answer);
    enum pages_turn turn = pages_take(&turning->pages, &bytes, link, &turning->request, &turning->fault);
    text_finish(&bytes);
    return turn;
}

static void finish(struct turning *turning)
{
    pages_finish(&turning->pages);
    request_finish(&turning->request);
}

#define assert_url(turning, expected)  assert_string_equal(text_bytes(&(turning)->request.url), expected)
#define assert_body(turning, expected) assert_string_equal(text_bytes(&(turning)->request.body), expected)

static void assert_refused(struct turning *turning, const char *answer, const char *link, const char *words)
{
    assert_int_equal(take(turning, answer, link), PAGES_FAILED);
    if (!strstr(turning->fault.detail.text, words))
        fail_msg("\"%s\" is not in \"%s\"", words, turning->fault.detail.text);
}

static const char host[] = "https://acd.example/v1/queues?site=lyon";
static const struct paging by_url = {.kind = PAGING_URL, .next = "meta.next"};
static const struct paging by_token = {.kind = PAGING_TOKEN, .next = "NextToken", .send_as = "NextToken"};
static const struct paging by_cursor = {
    .kind = PAGING_CURSOR, .next = "data.p.endCursor", .more = "data.p.hasNextPage", .send_as = "after"};
static const struct paging by_number = {
    .kind = PAGING_NUMBER, .send_as = "page", .rows = "rows", .total = "total", .start = 1, .step = 1};
static const struct paging by_skip = {.kind = PAGING_SKIP, .send_as = "$skip", .start = 0, .step = 2};
static const struct paging by_link = {.kind = PAGING_LINK};

/* ---- the ways on ---- */

static void the_next_url_is_taken_from_the_answer_until_there_is_none(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_url, host, NULL);
    assert_int_equal(
        take(&turning, "{\"meta\":{\"next\":\"https://acd.example:443/v1/queues?cur=b%20c\"}}", ""),
        PAGES_NEXT);
    assert_url(&turning, "https://acd.example:443/v1/queues?cur=b%20c");
    assert_int_equal(take(&turning, "{\"meta\":{\"next\":\"/v1/queues?cur=d\"}}", ""), PAGES_NEXT);
    assert_url(&turning, "https://acd.example:443/v1/queues?cur=d");
    assert_int_equal(take(&turning, "{\"meta\":{\"next\":null}}", ""), PAGES_COMPLETE);
    finish(&turning);
}

static void an_empty_or_missing_next_url_is_the_end(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_url, host, NULL);
    assert_int_equal(take(&turning, "{\"meta\":{\"next\":\"\"}}", ""), PAGES_COMPLETE);
    assert_int_equal(take(&turning, "{}", ""), PAGES_COMPLETE);
    finish(&turning);
}

static void a_key_with_a_dot_in_it_is_a_place_too(void **state)
{
    const struct paging odata = {.kind = PAGING_URL, .next = "d.@odata.nextLink"};
    struct turning turning;
    (void)state;
    begin(&turning, &odata, host, NULL);
    assert_int_equal(take(&turning, "{\"d\":{\"@odata.nextLink\":\"?$skip=2\"}}", ""), PAGES_NEXT);
    assert_url(&turning, "https://acd.example/v1/queues?$skip=2");
    finish(&turning);
}

static void a_token_goes_into_the_next_body_and_nothing_else_changes(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_token, host, "{ \"Id\": 12345678901234567890, \"Filters\": {\"NextToken\": 1} }");
    assert_int_equal(take(&turning, "{\"NextToken\":\"a\\\"b\"}", ""), PAGES_NEXT);
    assert_body(&turning,
                "{\"NextToken\":\"a\\\"b\", \"Id\": 12345678901234567890, \"Filters\": {\"NextToken\": 1} }");
    assert_int_equal(take(&turning, "{\"NextToken\":\"c\"}", ""), PAGES_NEXT);
    assert_body(&turning,
                "{\"NextToken\":\"c\", \"Id\": 12345678901234567890, \"Filters\": {\"NextToken\": 1} }");
    assert_int_equal(take(&turning, "{\"rows\":[]}", ""), PAGES_COMPLETE);
    finish(&turning);
}

static void with_get_a_token_is_a_parameter(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_token, host, NULL);
    assert_int_equal(take(&turning, "{\"NextToken\":\"a&b\"}", ""), PAGES_NEXT);
    assert_url(&turning, "https://acd.example/v1/queues?site=lyon&NextToken=a%26b");
    assert_int_equal(take(&turning, "{\"NextToken\":7}", ""), PAGES_NEXT);
    assert_url(&turning, "https://acd.example/v1/queues?site=lyon&NextToken=7");
    finish(&turning);
}

static void a_cursor_goes_into_the_variables_while_there_is_more(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_cursor, host, "{\"query\":\"q\",\"variables\":{\"after\":null,\"n\":50}}");
    assert_int_equal(take(&turning, "{\"data\":{\"p\":{\"hasNextPage\":true,\"endCursor\":\"x\"}}}", ""),
                     PAGES_NEXT);
    assert_body(&turning, "{\"query\":\"q\",\"variables\":{\"after\":\"x\",\"n\":50}}");
    assert_int_equal(take(&turning, "{\"data\":{\"p\":{\"hasNextPage\":false,\"endCursor\":\"y\"}}}", ""),
                     PAGES_COMPLETE);
    finish(&turning);
}

static void variables_that_are_not_there_are_made(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_cursor, host, "{}");
    assert_int_equal(take(&turning, "{\"data\":{\"p\":{\"hasNextPage\":true,\"endCursor\":\"x\"}}}", ""),
                     PAGES_NEXT);
    assert_body(&turning, "{\"variables\":{\"after\":\"x\"}}");
    finish(&turning);
}

static void page_numbers_go_on_until_all_rows_came(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_number, host, NULL);
    assert_url(&turning, "https://acd.example/v1/queues?site=lyon&page=1");
    assert_int_equal(take(&turning, "{\"rows\":[1,2],\"total\":3}", ""), PAGES_NEXT);
    assert_url(&turning, "https://acd.example/v1/queues?site=lyon&page=2");
    assert_int_equal(take(&turning, "{\"rows\":[3],\"total\":\"3\"}", ""), PAGES_COMPLETE);
    finish(&turning);
}

static void without_a_total_an_empty_page_is_the_end(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_skip, "https://acd.example/v1/calls?%24skip=x&$skip=9&$top=2", NULL);
    assert_url(&turning, "https://acd.example/v1/calls?%24skip=x&$skip=0&$top=2");
    assert_int_equal(take(&turning, "[1,2]", ""), PAGES_NEXT);
    assert_url(&turning, "https://acd.example/v1/calls?%24skip=x&$skip=2&$top=2");
    assert_int_equal(take(&turning, "[]", ""), PAGES_COMPLETE);
    finish(&turning);
}

static void the_link_header_shows_the_way(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_link, host, NULL);
    assert_int_equal(
        take(&turning, "[1]", "</v1/queues?page=9>; rel=\"last\", </v1/queues?page=2>; rel=\"next\""),
        PAGES_NEXT);
    assert_url(&turning, "https://acd.example/v1/queues?page=2");
    assert_int_equal(take(&turning, "[2]", "</v1/queues?page=1>; rel=\"prev\""), PAGES_COMPLETE);
    finish(&turning);
}

static void all_answers_are_one_array_in_order(void **state)
{
    struct turning turning;
    struct text all = {0};
    (void)state;
    begin(&turning, &by_link, host, NULL);
    take(&turning, "[1]", "<?page=2>; rel=next");
    take(&turning, "{\"a\": 2}", "");
    pages_take_all(&turning.pages, &all);
    assert_string_equal(text_bytes(&all), "[[1],{\"a\": 2}]");
    text_finish(&all);
    finish(&turning);
}

static void a_single_page_is_an_array_too(void **state)
{
    struct turning turning;
    struct text all = {0};
    (void)state;
    begin(&turning, &by_link, host, NULL);
    assert_int_equal(take(&turning, "{\"a\": 2}", NULL), PAGES_COMPLETE);
    pages_take_all(&turning.pages, &all);
    assert_string_equal(text_bytes(&all), "[{\"a\": 2}]");
    text_finish(&all);
    finish(&turning);
}

/* ---- all or nothing ---- */

static void refuse_next_url(const char *next, const char *words)
{
    struct turning turning;
    char answer[256];
    snprintf(answer, sizeof answer, "{\"meta\":{\"next\":\"%s\"}}", next);
    begin(&turning, &by_url, host, NULL);
    assert_refused(&turning, answer, "", words);
    finish(&turning);
}

static void another_scheme_host_or_port_is_not_asked(void **state)
{
    (void)state;
    refuse_next_url("https://acd.example.evil.test/v1/queues?page=2", "on another server");
    refuse_next_url("http://acd.example/v1/queues?page=2", "on another server");
    refuse_next_url("https://acd.example:8443/v1/queues?page=2", "on another server");
    refuse_next_url("//evil.test/v1/queues?page=2", "on another server");
    refuse_next_url("file:///etc/passwd", "on another server");
    refuse_next_url("https://acd.example\\n.evil.test/", "on another server");
}

static void a_user_in_the_next_url_is_not_sent(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_url, host, NULL);
    assert_int_equal(take(&turning, "{\"meta\":{\"next\":\"https://joe:pw@acd.example/x#part\"}}", ""),
                     PAGES_NEXT);
    assert_url(&turning, "https://acd.example/x");
    finish(&turning);
}

static void the_same_url_twice_is_a_circle(void **state)
{
    struct turning turning;
    (void)state;
    refuse_next_url("/v1/queues?site=lyon", "round in a circle");
    begin(&turning, &by_url, host, NULL);
    assert_int_equal(take(&turning, "{\"meta\":{\"next\":\"?page=2\"}}", ""), PAGES_NEXT);
    assert_int_equal(take(&turning, "{\"meta\":{\"next\":\"?page=3\"}}", ""), PAGES_NEXT);
    assert_refused(&turning, "{\"meta\":{\"next\":\"?page=2\"}}", "", "round in a circle");
    finish(&turning);
}

static void the_same_token_twice_is_a_circle(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_token, host, "{}");
    assert_int_equal(take(&turning, "{\"NextToken\":\"a\"}", ""), PAGES_NEXT);
    assert_refused(&turning, "{\"NextToken\":\"a\"}", "", "token came twice");
    finish(&turning);
}

static void a_server_that_ignores_the_page_number_is_found_out(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_number, host, NULL);
    assert_int_equal(take(&turning, "{\"rows\":[1,2],\"total\":30}", ""), PAGES_NEXT);
    assert_refused(&turning, "{\"rows\":[1,2],\"total\":30}", "",
                   "does the server know the parameter \"page\"?");
    finish(&turning);
}

static void rows_that_are_missing_are_not_a_smaller_total(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_number, host, NULL);
    assert_int_equal(take(&turning, "{\"rows\":[1,2],\"total\":9}", ""), PAGES_NEXT);
    assert_refused(&turning, "{\"rows\":[],\"total\":9}", "", "while 2 of 9 rows came");
    finish(&turning);
}

static void a_place_where_nothing_is_fails_instead_of_ending(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_number, host, NULL);
    assert_refused(&turning, "{\"data\":[1]}", "", "no list of rows at \"rows\"");
    finish(&turning);
    begin(&turning, &by_number, host, NULL);
    assert_refused(&turning, "{\"rows\":[1]}", "", "no number of rows at \"total\"");
    finish(&turning);
    begin(&turning, &by_cursor, host, "{}");
    assert_refused(&turning, "{\"data\":{\"p\":{\"hasNextPage\":true}}}", "", "no cursor is at");
    finish(&turning);
    begin(&turning, &by_url, host, NULL);
    assert_refused(&turning, "{\"meta\":{\"next\":7}}", "", "no URL at \"meta.next\"");
    finish(&turning);
}

static void an_error_inside_a_page_is_told_in_the_vendors_words(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_cursor, host, "{}");
    assert_refused(&turning, "{\"errors\":[{\"message\":\"quota exceeded\"}],\"data\":null}", "",
                   "the answer says: quota exceeded");
    finish(&turning);
}

static void more_than_fifty_pages_are_refused(void **state)
{
    struct turning turning;
    char answer[64];
    (void)state;
    begin(&turning, &by_token, host, "{}");
    for (int i = 1; i < PAGES_MOST; i++) {
        snprintf(answer, sizeof answer, "{\"NextToken\":\"t%d\"}", i);
        assert_int_equal(take(&turning, answer, ""), PAGES_NEXT);
    }
    assert_refused(&turning, "{\"NextToken\":\"t50\"}", "", "more than 50 pages");
    finish(&turning);
}

static void fifty_pages_are_taken(void **state)
{
    struct turning turning;
    char answer[64];
    (void)state;
    begin(&turning, &by_token, host, "{}");
    for (int i = 1; i < PAGES_MOST; i++) {
        snprintf(answer, sizeof answer, "{\"NextToken\":\"t%d\"}", i);
        assert_int_equal(take(&turning, answer, ""), PAGES_NEXT);
    }
    assert_int_equal(take(&turning, "{}", ""), PAGES_COMPLETE);
    finish(&turning);
}

static void pages_that_are_too_large_together_are_refused(void **state)
{
    struct turning turning;
    struct text page = {0};
    (void)state;
    text_append(&page, "{\"NextToken\":\"a\",\"x\":\"");
    for (int i = 0; i < 600 * 1024; i++)
        text_append(&page, "x");
    text_append(&page, "\"}");
    begin(&turning, &by_token, host, "{}");
    assert_int_equal(take(&turning, text_bytes(&page), ""), PAGES_NEXT);
    assert_refused(&turning, text_bytes(&page), "", "more than 1 MiB together");
    assert_int_equal(turning.fault.problem, SOURCE_TOO_LARGE);
    assert_true(turning.fault.number == 1);
    text_finish(&page);
    finish(&turning);
}

static void a_body_without_a_place_for_the_token_is_said(void **state)
{
    struct turning turning;
    (void)state;
    begin(&turning, &by_token, host, "a=b");
    assert_refused(&turning, "{\"NextToken\":\"a\"}", "", "must be a JSON object");
    finish(&turning);
}

/* ---- the header Link ---- */

static void assert_next_link(const char *header, const char *expected)
{
    struct text url = {0};
    assert_int_equal(link_header_next(header, &url), expected != NULL);
    assert_string_equal(text_bytes(&url), expected ? expected : "");
    text_finish(&url);
}

static void links_are_read_as_rfc_8288_writes_them(void **state)
{
    (void)state;
    assert_next_link("<https://a/?p=2>; rel=\"next\"", "https://a/?p=2");
    assert_next_link("<a>;title=\"x; <y>\";rel=prev , <b>; REL = Next", "b");
    assert_next_link("<a>; rel=\"last  next\"", "a");
    assert_next_link("<a,b>; rel=next", "a,b");
    assert_next_link("<a>; rel=nextish", NULL);
    assert_next_link("<a>; rev=next", NULL);
    assert_next_link("<a; rel=next", NULL);
    assert_next_link(";;<", NULL);
    assert_next_link("<a>;;;rel", NULL);
    assert_next_link("", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_url_is_taken_from_the_answer_until_there_is_none),
        cmocka_unit_test(an_empty_or_missing_next_url_is_the_end),
        cmocka_unit_test(a_key_with_a_dot_in_it_is_a_place_too),
        cmocka_unit_test(a_token_goes_into_the_next_body_and_nothing_else_changes),
        cmocka_unit_test(with_get_a_token_is_a_parameter),
        cmocka_unit_test(a_cursor_goes_into_the_variables_while_there_is_more),
        cmocka_unit_test(variables_that_are_not_there_are_made),
        cmocka_unit_test(page_numbers_go_on_until_all_rows_came),
        cmocka_unit_test(without_a_total_an_empty_page_is_the_end),
        cmocka_unit_test(the_link_header_shows_the_way),
        cmocka_unit_test(all_answers_are_one_array_in_order),
        cmocka_unit_test(a_single_page_is_an_array_too),
        cmocka_unit_test(another_scheme_host_or_port_is_not_asked),
        cmocka_unit_test(a_user_in_the_next_url_is_not_sent),
        cmocka_unit_test(the_same_url_twice_is_a_circle),
        cmocka_unit_test(the_same_token_twice_is_a_circle),
        cmocka_unit_test(a_server_that_ignores_the_page_number_is_found_out),
        cmocka_unit_test(rows_that_are_missing_are_not_a_smaller_total),
        cmocka_unit_test(a_place_where_nothing_is_fails_instead_of_ending),
        cmocka_unit_test(an_error_inside_a_page_is_told_in_the_vendors_words),
        cmocka_unit_test(more_than_fifty_pages_are_refused),
        cmocka_unit_test(fifty_pages_are_taken),
        cmocka_unit_test(pages_that_are_too_large_together_are_refused),
        cmocka_unit_test(a_body_without_a_place_for_the_token_is_said),
        cmocka_unit_test(links_are_read_as_rfc_8288_writes_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
