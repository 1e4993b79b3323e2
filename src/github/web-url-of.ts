/** Where people see what an API speaks of, without a slash at the end: an Enterprise Server has both on one host, GitHub its API on another. */
export function webUrlOf(apiUrl: string): string {
  const { protocol, host, pathname } = new URL(apiUrl);
  const isOneHost = pathname.replace(/\/+$/, '').endsWith('/api/v3');
  return `${protocol}//${isOneHost ? host : host.replace(/^api\./, '')}`;
}
