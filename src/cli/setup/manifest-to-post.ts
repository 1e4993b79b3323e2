import type { JsonObject } from '../../domain/json-value.ts';

export interface ManifestDetails {
  readonly name: string | null;
  readonly publicUrl: string;
  readonly redirectUrl: string;
}

/** What GitHub is asked to register: permissions and events of `app.yml`, addresses of this installation. Private until its owner says otherwise. */
export function manifestToPost(manifest: JsonObject, { name, publicUrl, redirectUrl }: ManifestDetails): JsonObject {
  return {
    name: name ?? manifest['name'] ?? 'Plumbline',
    url: publicUrl,
    description: manifest['description'] ?? '',
    public: false,
    redirect_url: redirectUrl,
    hook_attributes: { url: `${publicUrl}/api/github/webhooks`, active: true },
    default_permissions: manifest['default_permissions'] ?? {},
    default_events: manifest['default_events'] ?? [],
  };
}
