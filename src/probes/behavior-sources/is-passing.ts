/** Whether a status tells of the state of the whole service (RFC 9110, section 15), which another attempt may find otherwise. */
export function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}
