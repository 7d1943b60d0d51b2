create table people (
  subject text primary key,
  name text not null
);

create table notes (
  id bigint generated always as identity primary key,
  text text not null check (char_length(text) between 1 and 280),
  author text not null references people,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
