#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "fetch/mapper.h"

#include "base/memory.h"
#include "base/sanitized.h"
#include "fetch/frame.h"
#include "fetch/jq_filter.h"
#include "fetch/sandbox.h"

enum {
    MEMORY_MIB = 256,
    JOB_SECONDS = 10, /* of the processor's time; the parent is stricter, this is for one that hangs */
    SHELF_FILTERS = 48
};

/* Filters stay compiled: it costs 20 to 30 ms on a PC and far more on a Pi. */
struct shelved {
    char *path, *program;
    struct jq_filter *filter;
};

static struct {
    struct shelved places[SHELF_FILTERS];
    size_t next; /* to be used, and if need be emptied, next */
} shelf;

struct job {
    struct job_head head;
    char *path, *program, *cfg, *answer;
};

/* The program's own libraries are mapped already and are no fault of a filter's. */
static size_t mapped_bytes(void)
{
    struct text pages = {0};
    text_read_file(&pages, "/proc/self/statm", 4096);
    size_t bytes = (size_t)strtoull(text_bytes(&pages), NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
    text_finish(&pages);
    return bytes;
}

static void limit(__rlimit_resource_t resource, rlim_t most)
{
    setrlimit(resource, &(struct rlimit){most, most});
}

/* No more memory than an answer needs, no descriptor, process or file beside what is there. Sanitizers need
 * all of that. */
static void limit_resources(void)
{
    limit(RLIMIT_CORE, 0); /* answers are nobody's business */
    if (BASE_SANITIZED)
        return;
    limit(RLIMIT_AS, mapped_bytes() + ((rlim_t)MEMORY_MIB << 20));
    limit(RLIMIT_NOFILE, STDERR_FILENO + 1);
    limit(RLIMIT_NPROC, 0);
    limit(RLIMIT_FSIZE, 0);
    signal(SIGXFSZ, SIG_IGN); /* last words of libjq's may be lost where standard error is a file */
}

/* Shuts the process in: all it can do from here on is read jobs and write replies. Whether the kernel knows
 * how to is said by the parent, once. */
static void fence(void)
{
    setenv("TZ", ":/etc/localtime",
           1); /* without a name for it the C library looks at the file again and again */
    tzset();   /* reads it while that is possible: filters may say strflocaltime */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0);
    limit_resources();
    sandbox_enter();
}

/* Not RLIMIT_CPU: that counts over the process's whole life, which is as long as the wall's. */
static void limit_job(int seconds)
{
    setitimer(ITIMER_PROF, &(struct itimerval){.it_value.tv_sec = seconds}, NULL);
}

static bool read_bytes(void *into, size_t length)
{
    char *at = into;
    while (length > 0) {
        ssize_t got = read(STDIN_FILENO, at, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        length -= (size_t)got;
    }
    return true;
}

static bool write_bytes(const void *from, size_t length)
{
    const char *at = from;
    while (length > 0) {
        ssize_t put = write(STDOUT_FILENO, at, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        at += put;
        length -= (size_t)put;
    }
    return true;
}

static char *read_text(size_t length)
{
    char *text = memory_create(length + 1, 1);
    if (read_bytes(text, length))
        return text;
    free(text);
    return NULL;
}

static bool read_job(struct job *job)
{
    *job = (struct job){0};
    if (!read_bytes(&job->head, sizeof job->head))
        return false;
    job->path = read_text(job->head.path_bytes);
    job->program = read_text(job->head.filter_bytes);
    job->cfg = read_text(job->head.cfg_bytes);
    job->answer = read_text(job->head.answer_bytes);
    return job->path && job->program && job->cfg && job->answer;
}

static void finish_job(struct job *job)
{
    free(job->path);
    free(job->program);
    free(job->cfg);
    free(job->answer);
}

static void empty_place(struct shelved *place)
{
    jq_filter_destroy(place->filter);
    free(place->path);
    free(place->program);
    *place = (struct shelved){0};
}

/* The place of that file's filter if it is unchanged; an old version of it is thrown away. */
static struct shelved *find_place(const char *path, const char *program)
{
    for (size_t i = 0; i < SHELF_FILTERS; i++) {
        struct shelved *place = &shelf.places[i];
        if (!text_equal(place->path, path))
            continue;
        if (text_equal(place->program, program))
            return place;
        empty_place(place);
    }
    return NULL;
}

/* Instead of libjq's abort(), so that the other side can tell the reason. */
static void end_for_memory(void *context)
{
    (void)context;
    _exit(MAPPER_EXIT_MEMORY);
}

static struct jq_filter *compiled(const struct job *job, struct error *error)
{
    struct shelved *place = find_place(job->path, job->program);
    if (place)
        return place->filter;
    struct jq_filter *filter = jq_filter_create(job->program, end_for_memory, error);
    if (!filter) {
        error_prefix(error, "%s", job->path);
        return NULL;
    }
    place = &shelf.places[shelf.next++ % SHELF_FILTERS];
    empty_place(place);
    *place = (struct shelved){
        .path = memory_copy_text(job->path), .program = memory_copy_text(job->program), .filter = filter};
    return filter;
}

static bool send_reply(bool mapped, const char *bytes, size_t length)
{
    struct reply_head head = {.mapped = mapped, .bytes = (uint32_t)length};
    return write_bytes(&head, sizeof head) && write_bytes(bytes, length);
}

static bool run_job(const struct job *job, struct text *output, struct error *error)
{
    struct jq_filter *filter = compiled(job, error);
    if (!filter)
        return false;
    const struct jq_variables variables = {job->cfg, job->head.now_s, job->head.today_s};
    if (!jq_filter_run(filter, &variables, job->answer, job->head.answer_bytes, output, error))
        return false;
    if (output->length <= MOST_OUTPUT_BYTES)
        return true;
    error_set(error, "the filter gave more than %d MiB", MOST_OUTPUT_BYTES >> 20);
    return false;
}

static bool serve_job(const struct job *job)
{
    struct text output = {0};
    struct error error = {0};
    bool mapped = run_job(job, &output, &error);
    bool sent = mapped ? send_reply(true, text_bytes(&output), output.length)
                       : send_reply(false, error.text, strlen(error.text));
    text_finish(&output);
    return sent;
}

int mapper_process_main(void)
{
    fence();
    struct job job;
    bool served = true;
    while (served && read_job(&job)) {
        limit_job(JOB_SECONDS);
        served = serve_job(&job);
        limit_job(0);
        finish_job(&job);
        job = (struct job){0};
    }
    finish_job(&job);
    for (size_t i = 0; i < SHELF_FILTERS; i++)
        empty_place(&shelf.places[i]);
    return 0;
}
