import { globSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, type Browser, expect, type Page, test } from '@playwright/test';
import { type Client, clientOf } from '#tests/api/client.ts';
import { furnish, type Made, make, serveCsv } from '#tests/api/furnish.ts';
import { marksOf, shownMarks } from '#tests/api/marks.ts';
import { members } from '#tests/api/member-routes.ts';
import { type Attempt, attempts, type Owned } from './action-inputs.ts';
import { newPerson, signUp } from './people.ts';
import { type Sent, send, serverActions, withoutGroups } from './server-actions.ts';

// One workspace for all: nothing in it may change before the last test, in which its owner does what others may not.
test.describe.configure({ mode: 'serial' });
test.slow();

const VALUE = 'Seven behind the wall';
/** The key of its row. */
const CODE = '007';
const url = process.env.E2E_URL ?? '';
const dashboard = join(import.meta.dirname, '../../app/(dashboard)');

let files: Awaited<ReturnType<typeof serveCsv>>;
let owner: Page;
let stranger: Page;
let viewer: Page;
let client: Client;
let owned: Owned;
let marks: string[];
let before: Record<string, string>;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  files = await serveCsv(`code,title\n${CODE},${VALUE}\n008,${VALUE}\n`);
  owner = await newPage(browser);
  const { email } = await signUp(owner, 'owner');
  const made = await owner.request.post('/api/api-keys', { data: { name: 'Crawl', scope: 'admin' } });
  client = clientOf(url, (await made.json()).key);
  const things = await furnish(client, 'owned_rows', files.url);
  const { id: upload } = await make<Made>(client, '/api/uploads', { fileName: 'rows.csv', bytes: 3 });
  stranger = await newPage(browser);
  await signUp(stranger, 'stranger');
  viewer = await newPage(browser);
  const viewerId = await joinAsViewer(viewer);
  const invitation = await invite(newPerson('nobody').email);
  const userId = await actorOf('api_key.created');
  const workspaceId = await chosenWorkspace(viewer);
  owned = { ...things, upload, userId, email, viewerId, workspaceId, ...invitation };
  marks = marksOf(things, upload, email, userId, viewerId, workspaceId, VALUE);
  before = await seenByTheOwner();
});
test.afterAll(() => files?.server.close());

async function newPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** The owner's own invitation shows that actions are sent as they should be. */
async function invite(email: string): Promise<{ invitationId: string; invitationToken: string }> {
  const { result, text } = await sendAs(owner.request, 'settings/members/actions.ts inviteByMail', {
    email,
    role: 'viewer',
  });
  if (!result?.ok) throw new Error(text);
  const { id, link } = result.value as { id: string; link: string };
  return { invitationId: id, invitationToken: link.split('/').at(-1) ?? '' };
}

async function joinAsViewer(page: Page): Promise<string> {
  const { email, password } = newPerson('viewer');
  const { invitationToken } = await invite(email);
  await page.goto(`/invitation/${invitationToken}`);
  await page.getByLabel(/^Choose a password|^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign up and join' }).click();
  await page.waitForURL('**/home');
  return actorOf('invitation.accepted');
}

/** Who did that in the owner's workspace. */
async function actorOf(action: string): Promise<string> {
  const { json } = await client('GET', `/api/audit?action=${action}`);
  return (json as { items: { userId: string }[] }).items.at(-1)?.userId ?? '';
}

async function chosenWorkspace(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.find(({ name }) => name === 'entrepot-workspace')?.value ?? '';
}

/** All that the API shows the owner, but for what each look changes: the audit log has a line for every change. */
async function seenByTheOwner(): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  for (const { method, call } of members) {
    const { path } = call(owned, files.url);
    // The events tell what the job tells.
    if (method !== 'GET' || path.endsWith('/events')) continue;
    const { status, text } = await client('GET', path);
    expect(status, `${path}: ${text}`).toBe(200);
    seen[path] = text.replaceAll(/token=[^"]+|"(lastUsedAt|expiresAt)":"[^"]+"/g, '');
  }
  return seen;
}

async function sendAs(request: APIRequestContext, name: string, input: unknown): Promise<Sent> {
  const action = serverActions().find((each) => each.name === name);
  if (!action) throw new Error(`the build has no action ${name}`);
  return send(request, owned ? addressOf(action.page) : action.page, action.id, input);
}

/** What of the owner's stands in a page's address, by the folders before it. */
function addressOf(page: string): string {
  const { sourceId, runId, thinnedId, deletionId, exportId, templateId, jobId, dataset, invitationToken } =
    owned;
  const row = new URLSearchParams({ sourceId, stream: 'rows', externalId: CODE });
  const address = page
    .replace('/sources/[id]/runs/[runId]', `/sources/${sourceId}/runs/${runId}`)
    .replace('/sources/[id]/deletions/[deletionId]', `/sources/${thinnedId}/deletions/${deletionId}`)
    .replace('/sources/[id]', `/sources/${sourceId}`)
    .replace('/data/[dataset]/row', `/data/${dataset}/row?${row}`)
    .replace('/exports/templates/[id]', `/exports/templates/${templateId}`)
    .replace('/exports/[id]', `/exports/${exportId}`)
    .replace('/jobs/[id]', `/jobs/${jobId}`)
    .replace('/data/[dataset]', `/data/${dataset}`)
    .replace('/invitation/[token]', `/invitation/${invitationToken}`);
  if (address.includes('[')) throw new Error(`say in this test what of the owner's stands in ${page}`);
  return address;
}

const pages = globSync('**/page.tsx', { cwd: dashboard }).map(
  (file) => `/${withoutGroups(file).replace(/\/page\.tsx$/, '')}`,
);

for (const page of pages.toSorted()) {
  test(`a stranger sees nothing of the owner's on ${page}`, async () => {
    const address = addressOf(page);
    await stranger.goto(address);
    const main = stranger.getByRole('main');
    await expect(main.getByRole('heading').first()).toBeVisible();
    if (address !== page) await expect(main.getByText('There is nothing here')).toBeVisible();
    const sent = await (await stranger.request.get(address)).text();
    expect(shownMarks(marks, sent + (await stranger.content()), address)).toEqual([]);
  });

  test(`a stranger's questions find nothing of the owner's on ${page}`, async () => {
    const { sourceId, runId, userId, dataset } = owned;
    const { json } = await client('GET', '/api/jobs?limit=1');
    const cursor = (json as { nextCursor: string }).nextCursor;
    const asked = { cursor, run: runId, actorId: userId, targetId: sourceId, dataset, search: '007' };
    const address = `${addressOf(page)}?${new URLSearchParams(asked)}`;
    const response = await stranger.request.get(address);
    expect(response.status(), address).toBeLessThan(500);
    expect(shownMarks(marks, await response.text(), address)).toEqual([]);
  });

  test(`a viewer finds ${page}, and nobody else without a session`, async ({ request }) => {
    const address = addressOf(page);
    const shown = await viewer.goto(address);
    expect(shown?.status()).toBe(200);
    await expect(viewer.getByText('There is nothing here')).toBeHidden();
    const refused = await request.get(address, { maxRedirects: 0 });
    expect(refused.status()).toBe(307);
    expect(refused.headers().location).toContain('/sign-in');
  });
}

test('every action of the build is tried', () => {
  const untried = serverActions().filter(({ name }) => !(name in attempts));
  expect(
    untried.map(({ name }) => name),
    'say in action-inputs.ts what of the owner’s they are sent',
  ).toEqual([]);
  const built = serverActions().map(({ name }) => name);
  expect(Object.keys(attempts).filter((name) => !built.includes(name))).toEqual([]);
});

for (const who of ['stranger', 'viewer'] as const) {
  test(`every action refuses the ${who}`, async () => {
    const { request } = who === 'stranger' ? stranger : viewer;
    const answers = await tryAll(request, (attempt) => attempt[who]);
    expect(answers.got).toEqual(answers.expected);
  });
}

test('every action refuses whoever has no session', async ({ request }) => {
  const answers = await tryAll(request, (attempt) => (attempt.open ? attempt.stranger : 'sign-in'));
  expect(answers.got).toEqual(answers.expected);
});

/** Sends each action that has an answer to expect, and gives what came beside it. */
async function tryAll(request: APIRequestContext, expectedOf: (attempt: Attempt) => string | null) {
  const got: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    const code = expectedOf(attempt);
    if (code === null) continue;
    const input = attempt.input(owned);
    const { result, redirect, text } = await sendAs(request, name, input);
    const refusal = result && (result.ok ? 'ok' : result.error.code);
    got[name] = [refusal ?? leadsTo(redirect) ?? text, shownMarks(marks, text, [input, redirect])];
    expected[name] = [code, []];
  }
  return { got, expected };
}

function leadsTo(redirect: string | undefined): string | undefined {
  return redirect && new URL(redirect, url).pathname.split(/[;/]/)[1];
}

test('after all of it the owner has what was there before', async () => {
  expect(await seenByTheOwner()).toEqual(before);
});

test('the owner may do what the others may not', async () => {
  const served = { ok: true, redirect: true, conflict: true, version_mismatch: true };
  for (const [name, { input, stranger: refusal }] of Object.entries(attempts)) {
    if (!refusal || attempts[name]?.open || /join|chooseWorkspace/.test(name)) continue;
    const { result, redirect, text } = await sendAs(owner.request, name, input(owned));
    const outcome = result ? (result.ok ? 'ok' : result.error.code) : redirect && 'redirect';
    expect(served, `${name}: ${text}`).toHaveProperty(outcome ?? 'nothing');
  }
});
