// Sends requests that were written down before, over keep-alive connections: no planning, no parsing, no signing.
//
//   replay FILE HOST PORT CONNECTIONS
//
// FILE holds, for each request, a line "PHASE LENGTH" and then its bytes. The requests of a phase are sent side by side; a phase begins
// when the one before has ended. Prints the number of requests and of answers with a status of 400 or more. Nothing that talks to the same
// endpoint one request at a time can be faster.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
  int phase;
  size_t length;
  char *bytes;
} Request;

typedef struct {
  int socket;
  char *buffer;
  size_t used, capacity;
} Connection;

static Request *requests;
static size_t count;
static struct sockaddr_in address;
static atomic_size_t next;
static size_t end;
static atomic_size_t failures;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void dial(Connection *connection) {
  if (connection->socket >= 0) close(connection->socket);
  connection->socket = socket(AF_INET, SOCK_STREAM, 0);
  int yes = 1;
  setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect(connection->socket, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
  connection->used = 0;
}

static bool receive(Connection *connection) {
  if (connection->capacity - connection->used < 65537) {
    connection->capacity = connection->capacity * 2 + 131072;
    connection->buffer = realloc(connection->buffer, connection->capacity);
    if (connection->buffer == NULL) fail("realloc");
  }
  ssize_t got = read(connection->socket, connection->buffer + connection->used, 65536);
  if (got <= 0) return false;
  connection->used += (size_t)got;
  connection->buffer[connection->used] = 0;
  return true;
}

static bool send_all(Connection *connection, const Request *request) {
  for (size_t sent = 0; sent < request->length;) {
    ssize_t n = send(connection->socket, request->bytes + sent, request->length - sent, MSG_NOSIGNAL);
    if (n <= 0) return false;
    sent += (size_t)n;
  }
  return true;
}

// Waits for `length` bytes of the answer.
static bool await(Connection *connection, size_t length) {
  while (connection->used < length)
    if (!receive(connection)) return false;
  return true;
}

static bool read_chunks(Connection *connection, size_t position) {
  for (;;) {
    char *line_end;
    while ((line_end = memmem(connection->buffer + position, connection->used - position, "\r\n", 2)) == NULL)
      if (!receive(connection)) return false;
    size_t size = strtoul(connection->buffer + position, NULL, 16);
    size_t data = (size_t)(line_end - connection->buffer) + 2;
    if (!await(connection, data + size + 2)) return false;
    if (size == 0) return true;
    position = data + size + 2;
  }
}

// Reads one whole answer. Returns its status, or 0 when the connection ended too early.
static int read_answer(Connection *connection, bool *closes) {
  char *head_end;
  while (connection->used == 0 || (head_end = memmem(connection->buffer, connection->used, "\r\n\r\n", 4)) == NULL)
    if (!receive(connection)) return 0;
  int status = atoi(connection->buffer + 9);
  size_t body = (size_t)(head_end - connection->buffer) + 4;
  long length = -1;
  bool chunked = false;
  for (char *line = connection->buffer; line < head_end;) {
    char *line_end = memmem(line, (size_t)(head_end - line) + 2, "\r\n", 2);
    if (strncasecmp(line, "content-length:", 15) == 0) length = atol(line + 15);
    if (strncasecmp(line, "transfer-encoding: chunked", 26) == 0) chunked = true;
    if (strncasecmp(line, "connection: close", 17) == 0) *closes = true;
    line = line_end + 2;
  }
  bool whole = true;
  if (status == 204 || status == 304) {
  } else if (chunked) {
    whole = read_chunks(connection, body);
  } else if (length >= 0) {
    whole = await(connection, body + (size_t)length);
  } else {
    while (receive(connection)) {
    }
    *closes = true;
  }
  connection->used = 0;
  return whole ? status : 0;
}

static void *work(void *argument) {
  Connection *connection = argument;
  for (;;) {
    size_t index = atomic_fetch_add(&next, 1);
    if (index >= end) return NULL;
    int status = 0;
    bool closes = false;
    // A server may close a connection that is kept alive just as we use it again.
    for (int try = 0; try < 3 && status == 0; try++) {
      closes = false;
      if (send_all(connection, &requests[index])) status = read_answer(connection, &closes);
      if (status == 0) dial(connection);
    }
    if (status == 0 || status >= 400) atomic_fetch_add(&failures, 1);
    if (closes) dial(connection);
  }
}

static void load(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail(path);
  int phase;
  size_t length, capacity = 0;
  while (fscanf(file, "%d %zu", &phase, &length) == 2) {
    fgetc(file);
    if (count == capacity) requests = realloc(requests, (capacity = capacity * 2 + 1024) * sizeof *requests);
    char *bytes = malloc(length + 1);
    if (fread(bytes, 1, length, file) != length) fail("short file");
    requests[count++] = (Request){phase, length, bytes};
  }
  fclose(file);
}

int main(int argc, char **argv) {
  if (argc != 5) return fprintf(stderr, "usage: replay FILE HOST PORT CONNECTIONS\n"), 2;
  load(argv[1]);
  address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[3]))};
  if (inet_pton(AF_INET, argv[2], &address.sin_addr) != 1) return fprintf(stderr, "HOST is an IPv4 address\n"), 2;
  int width = atoi(argv[4]);
  Connection *connections = calloc((size_t)width, sizeof *connections);
  for (int i = 0; i < width; i++) {
    connections[i].socket = -1;
    dial(&connections[i]);
  }
  for (size_t start = 0; start < count; start = end) {
    end = start;
    while (end < count && requests[end].phase == requests[start].phase) end++;
    atomic_store(&next, start);
    pthread_t threads[width];
    for (int i = 0; i < width; i++) pthread_create(&threads[i], NULL, work, &connections[i]);
    for (int i = 0; i < width; i++) pthread_join(threads[i], NULL);
  }
  printf("%zu requests, %zu failed\n", count, (size_t)failures);
  return 0;
}
