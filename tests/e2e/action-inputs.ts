import type { Belongings } from '#tests/api/furnish.ts';

/** What a crawl names of the owner of a workspace. */
export interface Owned extends Belongings {
  readonly workspaceId: string;
  readonly userId: string;
  readonly email: string;
  readonly viewerId: string;
  readonly upload: string;
  readonly invitationId: string;
  /** Of an invitation for an address that nobody of the crawl has. */
  readonly invitationToken: string;
}

/** An action as it works for the owner, and what it answers to others. */
export interface Attempt {
  readonly input: (of: Owned) => unknown;
  /** The code for a stranger; null where it names nothing of the owner's and acts on the stranger's own. */
  readonly stranger: string | null;
  /** The code for a viewer; null where a viewer may. */
  readonly viewer: string | null;
  /** Open to whoever has no session. */
  readonly open?: true;
}

type Input = Attempt['input'];

const editors = (input: Input, stranger: string | null = 'not_found'): Attempt => ({
  input,
  stranger,
  viewer: 'forbidden',
});
const open = (refusal: string, input: Input): Attempt => ({
  input,
  stranger: refusal,
  viewer: refusal,
  open: true,
});
/** Of the person who sends it, whoever that is, or of nobody. */
const ownOnly: Attempt = { input: () => ({}), stranger: null, viewer: null };

const password = 'a long enough password';
const sourceOf = ({ dataset }: Owned, config: unknown) => ({
  sourceType: 'csv',
  displayName: 'Trespass',
  config,
  streams: { rows: { dataset, fields: { code: 'code', title: 'title' } } },
});

/** Every server action by its file and name, those that destroy at the end. */
export const attempts: Readonly<Record<string, Attempt>> = {
  'sign-in/actions.ts signIn': open('unauthenticated', ({ email }) => ({ email, password })),
  'sign-in/actions.ts signOut': ownOnly,
  'sign-up/actions.ts signUp': open('conflict', ({ email }) => ({ email, password })),
  'auth/confirm/actions.ts confirmAddress': open('link_expired', ({ userId }) => ({
    proof: { tokenHash: userId },
  })),
  // Mails the owner a link, and tells its sender nothing.
  'password/actions.ts askForReset': { ...ownOnly, open: true },
  'password/new/actions.ts setNewPassword': open('link_expired', ({ userId }) => ({
    proof: { tokenHash: userId },
    password,
  })),
  'invitation/[token]/actions.ts signUpAndJoin': open('not_found', ({ invitationId }) => ({
    token: invitationId,
    password,
  })),
  'invitation/[token]/actions.ts join': {
    input: ({ invitationToken }) => ({ token: invitationToken }),
    stranger: 'forbidden',
    viewer: 'forbidden',
  },
  'workspaces/actions.ts chooseWorkspace': {
    input: ({ workspaceId }) => ({ id: workspaceId }),
    stranger: 'not_found',
    viewer: null,
  },
  'workspaces/actions.ts createWorkspace': ownOnly,
  'settings/profile/actions.ts updateProfile': ownOnly,
  'settings/profile/actions.ts updatePassword': ownOnly,
  'settings/members/actions.ts inviteByMail': editors(({ email }) => ({ email, role: 'viewer' }), null),
  'settings/members/actions.ts renew': editors(({ invitationId }) => ({ id: invitationId })),
  'settings/members/actions.ts revoke': editors(({ invitationId }) => ({ id: invitationId })),
  'settings/members/actions.ts setRole': editors(({ userId }) => ({ userId, role: 'owner' })),
  'settings/members/actions.ts handOver': editors(({ userId }) => ({ heir: userId }), 'invalid'),
  // A stranger leaves a workspace without anybody to leave it to; a viewer may leave.
  'settings/members/actions.ts leave': {
    input: ({ userId }) => ({ heir: userId }),
    stranger: 'conflict',
    viewer: null,
  },
  'settings/members/actions.ts remove': editors(({ viewerId }) => ({ userId: viewerId, heir: null })),
  'settings/api-keys/actions.ts createKey': editors(() => ({ name: 'Trespass', scope: 'read' }), null),
  'settings/api-keys/actions.ts revokeKey': editors(({ keyId }) => ({ id: keyId })),
  'sources/actions.ts addSource': editors((of) => sourceOf(of, { upload: of.upload }), 'not_found'),
  'sources/actions.ts changeSource': editors(({ sourceId }) => ({
    id: sourceId,
    patch: { displayName: 'Trespass' },
  })),
  'sources/actions.ts syncNow': editors(({ sourceId }) => ({ id: sourceId })),
  'sources/actions.ts replayRejects': editors(({ sourceId }) => ({ id: sourceId })),
  'sources/actions.ts decideDelete': editors(({ thinnedId, deletionId }) => ({
    sourceId: thinnedId,
    id: deletionId,
    decision: 'undo',
  })),
  'sources/actions.ts renewWebhook': editors(({ sourceId }) => ({ id: sourceId })),
  'sources/actions.ts endWebhook': editors(({ sourceId }) => ({ id: sourceId })),
  'sources/actions.ts cancelSync': editors(({ jobId }) => ({ jobId })),
  'data/actions.ts addView': editors(
    () => ({ kind: 'view', name: 'trespass', label: 'Trespass', view: 'public.trespass' }),
    null,
  ),
  'data/actions.ts setRelations': editors(({ dataset }) => ({ name: dataset, ifMatch: '*', relations: [] })),
  'data/actions.ts removeView': editors(({ dataset }) => ({ name: dataset })),
  'exports/actions.ts create': editors(
    ({ dataset }) => ({ name: 'Trespass', dataset, format: { type: 'csv' } }),
    'invalid',
  ),
  'exports/actions.ts update': editors(({ exportId }) => ({ id: exportId, patch: { name: 'Trespass' } })),
  'exports/actions.ts duplicate': editors(({ exportId }) => ({ id: exportId })),
  'exports/actions.ts run': editors(({ exportId }) => ({ id: exportId })),
  'exports/actions.ts cancel': editors(({ jobId }) => ({ id: jobId })),
  'exports/actions.ts share': {
    input: ({ artifactId }) => ({ id: artifactId, hours: 1 }),
    stranger: 'not_found',
    viewer: null,
  },
  'exports/templates/actions.ts apply': editors(({ templateId }) => ({ template: templateId })),
  'exports/templates/actions.ts keep': editors(({ exportId }) => ({ name: 'Trespass', exportId })),
  'jobs/actions.ts cancel': editors(({ jobId }) => ({ id: jobId })),
  'jobs/actions.ts retry': editors(({ jobId }) => ({ id: jobId })),
  'exports/templates/actions.ts update': editors(({ templateId }) => ({
    id: templateId,
    seen: '2026-01-01T00:00:00Z',
    patch: { name: 'Trespass' },
  })),
  'exports/templates/actions.ts copy': editors(({ templateId }) => ({ id: templateId })),
  'exports/templates/actions.ts remove': editors(({ templateId }) => ({ id: templateId })),
  'exports/actions.ts remove': editors(({ exportId }) => ({ id: exportId })),
  'sources/actions.ts removeSource': editors(({ sourceId }) => ({ id: sourceId, rows: 'remove' })),
};
