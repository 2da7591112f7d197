-- What a project needs beside its schema: the private bucket of uploads, spooled bodies and artifacts.
insert into storage.buckets (id, name, public) values ('entrepot', 'entrepot', false) on conflict do nothing;
