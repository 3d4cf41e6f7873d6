#include "fetch/sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/sanitized.h"

#if BASE_SANITIZED
/* Sanitizers open files, make threads and map terabytes whenever they like. */
enum { ARCHITECTURE = 0 };
static const char why_not[] = "this build has a sanitizer, which needs more of the kernel";
#elif defined __x86_64__
static const uint32_t ARCHITECTURE = AUDIT_ARCH_X86_64;
static const char why_not[] = "";
#elif defined __aarch64__
static const uint32_t ARCHITECTURE = AUDIT_ARCH_AARCH64;
static const char why_not[] = "";
#elif defined __arm__
static const uint32_t ARCHITECTURE = AUDIT_ARCH_ARM;
static const char why_not[] = "";
#else
enum { ARCHITECTURE = 0 };
static const char why_not[] = "not known for this processor";
#endif

enum { ALLOW = (int)SECCOMP_RET_ALLOW, REFUSE = (int)(SECCOMP_RET_ERRNO | EACCES) };

/* What is not here ends the process. */
static const struct rule {
    uint32_t call;
    int verdict;
} rules[] = {
    {__NR_read, ALLOW},
    {__NR_write, ALLOW},
    {__NR_writev, ALLOW}, /* the C library's last words */
    {__NR_brk, ALLOW},
    {__NR_munmap, ALLOW},
    {__NR_mremap, ALLOW},
    {__NR_mprotect, ALLOW},
    {__NR_madvise, ALLOW},
    {__NR_futex, ALLOW},
    {__NR_getpid, ALLOW},
    {__NR_gettid, ALLOW},
    {__NR_getrandom, ALLOW},
    {__NR_sysinfo, ALLOW}, /* qsort() asks how much memory there is */
    {__NR_setitimer, ALLOW},
    {__NR_clock_gettime, ALLOW},
    {__NR_gettimeofday, ALLOW},
    {__NR_rt_sigaction, ALLOW},
    {__NR_rt_sigprocmask, ALLOW},
    {__NR_rt_sigreturn, ALLOW},
    {__NR_restart_syscall, ALLOW},
    {__NR_exit, ALLOW},
    {__NR_exit_group, ALLOW},
#ifdef __NR_mmap
    {__NR_mmap, ALLOW},
#endif
#ifdef __NR_mmap2 /* 32 bits */
    {__NR_mmap2, ALLOW},
#endif
#ifdef __NR_clock_gettime64
    {__NR_clock_gettime64, ALLOW},
#endif
    /* what the C library tries and can do without; abort() then ends by a trap, not by a signal */
    {__NR_openat, REFUSE},
#ifdef __NR_open
    {__NR_open, REFUSE},
#endif
#ifdef __NR_newfstatat
    {__NR_newfstatat, REFUSE},
#endif
#ifdef __NR_fstatat64
    {__NR_fstatat64, REFUSE},
#endif
    {__NR_statx, REFUSE},
    {__NR_tgkill, REFUSE},
    {__NR_sched_getaffinity, REFUSE},
    {__NR_prlimit64, REFUSE},
    {__NR_prctl, REFUSE},
    {__NR_ioctl, REFUSE},
};

enum {
    RULE_COUNT = sizeof rules / sizeof rules[0],
    FRAME_STEPS = 5,
    MOST_STEPS = FRAME_STEPS + 2 * RULE_COUNT
};

bool sandbox_available(struct error *error)
{
    uint32_t verdict = SECCOMP_RET_KILL_PROCESS;
    if (ARCHITECTURE == 0)
        error_set(error, "%s", why_not);
    else if (syscall(__NR_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &verdict) != 0)
        error_set(error, "the kernel cannot do it: %s", strerror(errno));
    else
        return true;
    return false;
}

/* Refuses a system call of another kind of program (32 bits on 64), then asks rule after rule. */
static size_t write_steps(struct sock_filter steps[MOST_STEPS])
{
    size_t count = 0;
    steps[count++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    steps[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    steps[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    steps[count++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < RULE_COUNT; i++) {
        steps[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, rules[i].call, 0, 1);
        steps[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, (uint32_t)rules[i].verdict);
    }
    steps[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    return count;
}

bool sandbox_enter(void)
{
    struct sock_filter steps[MOST_STEPS];
    if (!sandbox_available(NULL) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    struct sock_fprog program = {.len = (unsigned short)write_steps(steps), .filter = steps};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
