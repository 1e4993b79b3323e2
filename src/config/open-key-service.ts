import type { KeyService } from '../flows/ports/key-service.ts';
import { awsKms } from '../keys/aws-kms.ts';
import { gcpKms } from '../keys/gcp-kms.ts';
import { createKeyService } from '../keys/key-service.ts';
import { defaultCallSettings } from '../keys/service-call.ts';
import { connectVault } from '../keys/vault-client.ts';
import { vaultTransit } from '../keys/vault-transit.ts';
import type { KeyServiceSettings } from './key-service-settings.ts';

/** The key service that the settings name, but for keys that are given as they are. Nothing is asked yet. */
export function openKeyService(settings: Exclude<KeyServiceSettings, { kind: 'local' }>): KeyService {
  const common = { call: defaultCallSettings, now: () => new Date() };
  switch (settings.kind) {
    case 'awskms':
      return createKeyService(awsKms({ ...settings, ...common }));
    case 'gcpkms':
      return createKeyService(gcpKms({ ...settings, ...common }));
    case 'vault':
      return createKeyService(vaultTransit(connectVault({ ...settings.vault, call: common.call })));
  }
}
