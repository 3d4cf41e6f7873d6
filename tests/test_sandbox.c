#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sanitized.h"
#include "fetch/sandbox.h"

/* How a child ends that shuts itself in and then does `what`: its exit status, or 1000 + its signal. */
static int end_of(int (*what)(void))
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGSEGV, SIG_DFL); /* cmocka has its own ideas */
        signal(SIGILL, SIG_DFL);
        signal(SIGABRT, SIG_DFL);
        if (!sandbox_enter())
            _exit(99);
        _exit(what());
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int use_memory(void)
{
    char *much = malloc(50 << 20);
    memset(much, 1, 50 << 20);
    much = realloc(much, 80 << 20);
    free(much);
    return 7;
}

static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static int sort_much(void)
{
    int *numbers = calloc(100000, sizeof *numbers);
    for (int i = 0; i < 100000; i++)
        numbers[i] = -i;
    qsort(numbers, 100000, sizeof *numbers, compare);
    return numbers[0] == -99999 ? 7 : 8;
}

static int write_a_pipe(void)
{
    return write(STDERR_FILENO, "", 0) == 0 ? 7 : 8;
}

static int open_a_file(void)
{
    return open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES ? 7 : 8;
}

static int open_a_socket(void)
{
    socket(AF_INET, SOCK_STREAM, 0);
    return 8;
}

static int start_a_program(void)
{
    char *arguments[] = {"true", NULL};
    execve("/bin/true", arguments, arguments + 1);
    return 8;
}

static int kill_the_parent(void)
{
    kill(getppid(), 0);
    return 8;
}

static int give_up(void)
{
    abort();
}

static void what_libjq_needs_is_left(void **state)
{
    (void)state;
    if (!sandbox_available(NULL))
        skip();
    assert_int_equal(end_of(use_memory), 7);
    assert_int_equal(end_of(sort_much), 7);
    assert_int_equal(end_of(write_a_pipe), 7);
}

static void a_file_is_refused(void **state)
{
    (void)state;
    if (!sandbox_available(NULL))
        skip();
    assert_int_equal(end_of(open_a_file), 7);
}

static void a_socket_a_program_or_a_signal_to_others_ends_the_process(void **state)
{
    (void)state;
    if (!sandbox_available(NULL))
        skip();
    assert_int_equal(end_of(open_a_socket), 1000 + SIGSYS);
    assert_int_equal(end_of(start_a_program), 1000 + SIGSYS);
    assert_int_equal(end_of(kill_the_parent), 1000 + SIGSYS);
}

static void abort_still_ends_the_process(void **state)
{
    (void)state;
    if (!sandbox_available(NULL))
        skip();
    assert_in_range(end_of(give_up), 1001, 1064);
}

static void where_it_cannot_be_the_reason_is_told(void **state)
{
    (void)state;
    struct error error = {0};
    if (!BASE_SANITIZED)
        skip();
    assert_false(sandbox_available(&error));
    assert_string_equal(error.text, "this build has a sanitizer, which needs more of the kernel");
    assert_false(sandbox_enter());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_libjq_needs_is_left),
        cmocka_unit_test(a_file_is_refused),
        cmocka_unit_test(a_socket_a_program_or_a_signal_to_others_ends_the_process),
        cmocka_unit_test(abort_still_ends_the_process),
        cmocka_unit_test(where_it_cannot_be_the_reason_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
