#pragma once
/* Calls of the system with a variable number of arguments, which Swift can't make, and what it can't see. */
#ifdef __linux__
#include <sys/prctl.h>
/* Whether processes that a descendant leaves behind become this process's children, and no longer init's. */
static inline int stackform_adopt_orphans(int is_on) { return prctl(PR_SET_CHILD_SUBREAPER, is_on, 0, 0, 0); }
#else
static inline int stackform_adopt_orphans(int is_on) { (void)is_on; return -1; }
#endif
/* POSIX_SPAWN_SETSID, a new session for what posix_spawn starts: glibc names it only to those who ask for all of GNU's. */
#ifdef __APPLE__
static const short stackform_spawn_setsid = 0x0400;
#else
static const short stackform_spawn_setsid = 0x80;
#endif
