/** Characters of a slug. With the rest of the branch's name it stays far below the 255 bytes that a ref may have. */
const mostCharacters = 48;

/** As much of a target as is looked at. */
const mostRead = 1024;

/**
 * A target as one component of a branch's name: lower-case letters and digits of ASCII with single dashes between. The target is
 * hostile, and nothing of it that git, a shell, a URL or a file system takes for more than a name gets through. Different targets
 * can share a slug: the fingerprint tells them apart.
 */
export function targetSlug(target: string): string {
  const words = target.slice(0, mostRead).toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const slug = words.replace(/^-/, '').slice(0, mostCharacters).replace(/-$/, '');
  if (slug === '') return 'target';
  return deviceNames.test(slug) ? `target-${slug}` : slug;
}

/** Windows can not hold a folder of this name, so a clone there would break. */
const deviceNames = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
