/* Files and standard input as sources. */
#include "tests/fetch_floor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include "fetch/document_stream.h"
#include "fetch/local_file.h"
#include "tests/files.h"

static const struct http_script_row rows[] = {{NULL, NULL}};

/* A floor with a scratch folder and a pipe as standard input. */
struct place {
    struct floor *floor;
    char folder[64], path[128];
    int writer, old_stdin;
};

static int open_place(void **state)
{
    struct place *place = memory_create(1, sizeof *place);
    int ends[2];
    place->floor = floor_create(rows);
    snprintf(place->folder, sizeof place->folder, "/tmp/vigie-test-XXXXXX");
    if (!mkdtemp(place->folder) || pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    snprintf(place->path, sizeof place->path, "%s/doc.json", place->folder);
    place->old_stdin = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    place->writer = ends[1];
    *state = place;
    return 0;
}

static int close_place(void **state)
{
    struct place *place = *state;
    dup2(place->old_stdin, STDIN_FILENO);
    close(place->old_stdin);
    if (place->writer >= 0)
        close(place->writer);
    unlink(place->path);
    rmdir(place->folder);
    floor_destroy(place->floor);
    free(place);
    return 0;
}

static void write_file(const struct place *place, const char *what)
{
    files_write(place->path, what);
}

static void set_written(const struct place *place, int64_t wall_s)
{
    const struct timespec times[2] = {{.tv_sec = wall_s}, {.tv_sec = wall_s}};
    assert_int_equal(utimensat(AT_FDCWD, place->path, times, 0), 0);
}

static struct source_settings *add_file(struct place *place)
{
    struct source_settings *source = add_source(place->floor, "/", "tests/data/filter_same.jq");
    source->place = PLACE_FILE;
    source->path = place->path;
    return source;
}

static void add_stdin(struct place *place)
{
    struct source_settings *source = add_source(place->floor, "/", "tests/data/filter_same.jq");
    source->place = PLACE_STDIN;
    source->timeout_ms = 300;
}

static const char seven[] = DOCUMENT;
static const char eight[] =
    "{\"samples\":[{\"id\":\"waiting_now\",\"value\":8,\"window\":\"now\",\"dims\":{}}]}";

static void say(const struct place *place, const char *what)
{
    assert_int_equal(write(place->writer, what, strlen(what)), strlen(what));
}

/* ---- files ---- */

static void a_file_is_a_source(void **state)
{
    struct place *place = *state;
    write_file(place, seven);
    add_file(place);
    const struct heard *heard = ask(place->floor, 1);
    assert_int_equal(heard->outcome, FETCH_DOCUMENT);
    assert_true(heard->value == 7);
    assert_int_equal(strncmp(heard->request_line, "file /tmp/", 10), 0);
}

static void a_file_that_nobody_rewrites_is_no_news(void **state)
{
    struct place *place = *state;
    write_file(place, seven);
    add_file(place);
    assert_int_equal(ask(place->floor, 3)->outcome, FETCH_NO_NEWS);
}

static void a_file_that_is_rewritten_is_news_also_with_the_same_figures(void **state)
{
    struct place *place = *state;
    write_file(place, seven);
    add_file(place);
    struct fetcher *fetcher = begin(place->floor);
    wait_for_results(place->floor, fetcher, 0, 2);
    set_written(place, 1795341600);
    size_t before = place->floor->heard_count;
    wait_for_results(place->floor, fetcher, 0, before + 1);
    fetcher_destroy(fetcher);
    assert_int_equal(place->floor->heard[before].outcome, FETCH_DOCUMENT);
}

static void the_time_of_figures_without_one_is_that_of_the_writing(void **state)
{
    struct place *place = *state;
    write_file(place, seven);
    set_written(place, 1700000000);
    add_file(place);
    assert_true(ask(place->floor, 1)->at_s == 1700000000);
}

static void a_document_that_tells_its_time_is_believed_before_its_file(void **state)
{
    struct place *place = *state;
    write_file(place,
               "{\"at\":1600000000,\"samples\":[{\"id\":\"waiting_now\",\"value\":7,\"window\":\"now\","
               "\"dims\":{}}]}");
    add_file(place);
    assert_true(ask(place->floor, 1)->at_s == 1600000000);
}

static void a_file_from_the_future_counts_from_when_it_was_read(void **state)
{
    struct place *place = *state;
    write_file(place, seven);
    set_written(place, clock_now().wall_ms / 1000 + 86400);
    add_file(place);
    assert_true(isnan(ask(place->floor, 1)->at_s));
}

static void *finish_writing(void *context)
{
    const struct place *place = context;
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    write_file(place, eight);
    return NULL;
}

static void a_half_written_file_is_read_again_before_it_counts_as_wrong(void **state)
{
    struct place *place = *state;
    pthread_t writer;
    write_file(place, "{\"samples\":[{\"id\":");
    add_file(place);
    pthread_create(&writer, NULL, finish_writing, place);
    const struct heard *heard = ask(place->floor, 1);
    pthread_join(writer, NULL);
    assert_int_equal(heard->outcome, FETCH_DOCUMENT);
    assert_true(heard->value == 8);
}

static void a_file_that_stays_half_written_is_told_with_what_to_do(void **state)
{
    struct place *place = *state;
    write_file(place, "{\"samples\":[{\"id\":");
    add_file(place);
    assert_failed(ask(place->floor, 1), SOURCE_NOT_JSON, 0, "write another file beside it and rename that");
}

static void an_empty_file_is_told_like_a_half_written_one(void **state)
{
    struct place *place = *state;
    write_file(place, "");
    add_file(place);
    assert_failed(ask(place->floor, 1), SOURCE_NOT_JSON, 0, "rename that");
}

static void a_file_that_is_not_there_is_said_and_read_when_it_comes(void **state)
{
    struct place *place = *state;
    add_file(place);
    struct fetcher *fetcher = begin(place->floor);
    wait_for_results(place->floor, fetcher, 0, 1);
    assert_failed(&place->floor->heard[0], SOURCE_FILE, 0, "doc.json: No such file or directory");
    write_file(place, seven);
    size_t before = place->floor->heard_count;
    wait_for_results(place->floor, fetcher, 0, before + 1);
    fetcher_destroy(fetcher);
    assert_int_equal(place->floor->heard[before].outcome, FETCH_DOCUMENT);
}

static void a_folder_is_no_file(void **state)
{
    struct place *place = *state;
    add_file(place)->path = place->folder;
    assert_failed(ask(place->floor, 1), SOURCE_FILE, 0, "this is not a file; for a pipe, write url: stdin:");
}

static void a_pipe_without_a_writer_does_not_hold_up_the_wall(void **state)
{
    struct place *place = *state;
    assert_int_equal(mkfifo(place->path, 0600), 0);
    add_file(place);
    assert_failed(ask(place->floor, 1), SOURCE_FILE, 0, "this is not a file");
}

static void a_file_that_is_too_large_is_not_read(void **state)
{
    struct place *place = *state;
    write_file(place, seven);
    assert_int_equal(truncate(place->path, 2 << 20), 0);
    add_file(place);
    assert_failed(ask(place->floor, 1), SOURCE_TOO_LARGE, 1, "more than 1 MiB");
}

static void latin1_in_a_file_is_read_where_it_is_allowed(void **state)
{
    struct place *place = *state;
    write_file(place, "{\"name\":\"\xE9\"}");
    struct source_settings *source = add_file(place);
    source->latin1_ok = true;
    source->filter_path = "tests/data/filter_words.jq";
    assert_true(ask(place->floor, 1)->value == 0xE9);
}

static void an_edited_filter_is_run_on_the_same_file(void **state)
{
    struct place *place = *state;
    char filter[160];
    snprintf(filter, sizeof filter, "%s/filter.jq", place->folder);
    write_file(place, seven);
    files_write(filter, ".");
    add_file(place)->filter_path = filter;
    struct fetcher *fetcher = begin(place->floor);
    wait_for_results(place->floor, fetcher, 0, 2);
    files_write(filter, ".samples[0].value = 9");
    size_t before = place->floor->heard_count;
    wait_for_results(place->floor, fetcher, 0, before + 2);
    fetcher_destroy(fetcher);
    unlink(filter);
    assert_true(place->floor->heard[before].value == 9 || place->floor->heard[before + 1].value == 9);
}

static void assert_path(const char *url, const char *expected)
{
    char *path = local_file_path(url);
    if (expected)
        assert_string_equal(path, expected);
    else
        assert_null(path);
    free(path);
}

static void a_file_url_names_a_whole_path(void **state)
{
    (void)state;
    assert_path("file:///srv/calls%20today.json", "/srv/calls today.json");
    assert_path("file:///srv/a+b.json", "/srv/a+b.json");
    assert_path("file://host/srv/a.json", NULL);
    assert_path("file:///srv/a%00b.json", NULL);
    assert_path("file:a.json", NULL);
}

/* ---- standard input ---- */

static void what_is_written_to_standard_input_is_a_source(void **state)
{
    struct place *place = *state;
    add_stdin(place);
    say(place, seven);
    const struct heard *heard = ask(place->floor, 1);
    assert_int_equal(heard->outcome, FETCH_DOCUMENT);
    assert_true(heard->value == 7);
    assert_string_equal(heard->request_line, "standard input");
}

static void of_several_documents_at_once_the_newest_counts(void **state)
{
    struct place *place = *state;
    add_stdin(place);
    say(place, seven);
    say(place, eight);
    say(place, "\n{\"half\":");
    assert_true(ask(place->floor, 1)->value == 8);
}

static void a_whole_document_is_not_lost_with_one_that_never_ends(void **state)
{
    struct place *place = *state;
    struct fetcher *fetcher;
    add_stdin(place);
    say(place, seven);
    fetcher = begin(place->floor);
    wait_for_results(place->floor, fetcher, 0, 1);
    say(place, eight);
    say(place, "{\"a\": [1");
    wait_for_results(place->floor, fetcher, 0, 3);
    fetcher_destroy(fetcher);
    assert_true(place->floor->heard[1].value == 8);
    assert_failed(&place->floor->heard[2], SOURCE_NOT_JSON, 0, "did not end");
}

static void the_end_of_standard_input_is_a_failure_after_its_last_document(void **state)
{
    struct place *place = *state;
    add_stdin(place);
    say(place, seven);
    close(place->writer);
    place->writer = -1;
    struct fetcher *fetcher = begin(place->floor);
    wait_for_results(place->floor, fetcher, 0, 2);
    int64_t begun_ms = clock_monotonic_ms();
    fetcher_wait(fetcher, begun_ms + 300);
    fetcher_destroy(fetcher);
    assert_true(clock_monotonic_ms() - begun_ms >= 300);
    assert_true(place->floor->heard[0].value == 7);
    assert_failed(&place->floor->heard[1], SOURCE_FILE, 0, "whoever writes there has ended");
    assert_int_equal(place->floor->heard_count, 2);
}

static void a_line_that_is_no_document_is_told_and_the_next_one_is_heard(void **state)
{
    struct place *place = *state;
    add_stdin(place);
    say(place, "Traceback (most recent call last):\n");
    struct fetcher *fetcher = begin(place->floor);
    wait_for_results(place->floor, fetcher, 0, 1);
    say(place, seven);
    wait_for_results(place->floor, fetcher, 0, 2);
    fetcher_destroy(fetcher);
    assert_failed(&place->floor->heard[0], SOURCE_NOT_JSON, 0, "byte 1");
    assert_true(place->floor->heard[1].value == 7);
}

static void a_document_that_never_ends_is_given_up(void **state)
{
    struct place *place = *state;
    add_stdin(place);
    say(place, "{\"a\": [1\n");
    struct fetcher *fetcher = begin(place->floor);
    wait_for_results(place->floor, fetcher, 0, 1);
    say(place, seven);
    say(place, "\n");
    wait_for_results(place->floor, fetcher, 0, 2);
    fetcher_destroy(fetcher);
    assert_failed(&place->floor->heard[0], SOURCE_NOT_JSON, 0, "a document began and did not end");
    assert_true(place->floor->heard[1].value == 7);
}

static void standard_input_that_says_nothing_lets_the_others_work(void **state)
{
    struct place *place = *state;
    write_file(place, seven);
    add_file(place);
    add_stdin(place);
    ask(place->floor, 3);
    assert_int_equal(results_of(place->floor, 1), 0);
}

/* ---- where a document ends ---- */

/* Feeds a stream byte by byte; gives the documents with | between. */
static void assert_documents(const char *bytes, const char *expected)
{
    struct document_stream stream = {.max_bytes = 40};
    struct text all = {0}, document = {0};
    for (; *bytes; bytes++) {
        document_stream_add(&stream, bytes, 1);
        enum stream_news news = document_stream_take(&stream, &document);
        if (news == STREAM_UNFINISHED)
            continue;
        text_append_format(&all, "%s|", news == STREAM_TOO_LONG ? "too long" : text_bytes(&document));
        text_finish(&document);
    }
    assert_string_equal(text_bytes(&all), expected);
    text_finish(&all);
    document_stream_finish(&stream);
}

static void documents_are_found_with_and_without_line_ends(void **state)
{
    (void)state;
    assert_documents("{\"a\":1}{\"b\":[2]}", "{\"a\":1}|{\"b\":[2]}|");
    assert_documents("{\"a\":1}\r\n\n {\n \"b\": 2\n}\n[3]", "{\"a\":1}|{\n \"b\": 2\n}|[3]|");
    assert_documents("\x1E{\"a\":1}\n\x1E{\"b\":2}\n", "{\"a\":1}|{\"b\":2}|");
    assert_documents("{\"a\":\"}\\\"]{\"}{}", "{\"a\":\"}\\\"]{\"}|{}|");
    assert_documents("oops\n{}", "oops\n|{}|");
    assert_documents("]\n{}", "]\n|{}|");
    assert_documents("{\"long\":\"1234567890123456789012345678901234567890\"}\n{}", "too long|{}|");
    assert_documents("{\"half\":", "");
}

#define IN_PLACE(sentence) cmocka_unit_test_setup_teardown(sentence, open_place, close_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(a_file_is_a_source),
        IN_PLACE(a_file_that_nobody_rewrites_is_no_news),
        IN_PLACE(a_file_that_is_rewritten_is_news_also_with_the_same_figures),
        IN_PLACE(the_time_of_figures_without_one_is_that_of_the_writing),
        IN_PLACE(a_document_that_tells_its_time_is_believed_before_its_file),
        IN_PLACE(a_file_from_the_future_counts_from_when_it_was_read),
        IN_PLACE(a_half_written_file_is_read_again_before_it_counts_as_wrong),
        IN_PLACE(a_file_that_stays_half_written_is_told_with_what_to_do),
        IN_PLACE(an_empty_file_is_told_like_a_half_written_one),
        IN_PLACE(a_file_that_is_not_there_is_said_and_read_when_it_comes),
        IN_PLACE(a_folder_is_no_file),
        IN_PLACE(a_pipe_without_a_writer_does_not_hold_up_the_wall),
        IN_PLACE(a_file_that_is_too_large_is_not_read),
        IN_PLACE(latin1_in_a_file_is_read_where_it_is_allowed),
        IN_PLACE(an_edited_filter_is_run_on_the_same_file),
        cmocka_unit_test(a_file_url_names_a_whole_path),
        IN_PLACE(what_is_written_to_standard_input_is_a_source),
        IN_PLACE(of_several_documents_at_once_the_newest_counts),
        IN_PLACE(a_whole_document_is_not_lost_with_one_that_never_ends),
        IN_PLACE(the_end_of_standard_input_is_a_failure_after_its_last_document),
        IN_PLACE(a_line_that_is_no_document_is_told_and_the_next_one_is_heard),
        IN_PLACE(a_document_that_never_ends_is_given_up),
        IN_PLACE(standard_input_that_says_nothing_lets_the_others_work),
        cmocka_unit_test(documents_are_found_with_and_without_line_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
