-- Writes where a company stands, if the writer is up to date.
--
-- KEYS: 1 epoch, 2 ranking, 3 rows, 4 company, 5 outbox
-- ARGV: 1 epoch id, 2 version read, 3 version to write, 4 ticker,
--       5 score, negated, 6 standing, 7 row, 8 id of the event behind it,
--       9 change to announce, or empty, 10 announcing as read,
--       11 rank before that the change tells, or empty for the one here
-- Returns: outcome, version, rank before (0 if none), rank after, ranked
local epoch = redis.call('HGET', KEYS[1], 'id')
if not epoch then
  return {'lost', 0, 0, 0, 0}
end
if epoch ~= ARGV[1] then
  return {'fenced', 0, 0, 0, 0}
end

-- Readers have come to see this ranking, or have left it, since it was read:
-- whether there is a change to announce has to be seen again.
if (redis.call('HGET', KEYS[1], 'announcing') or '') ~= ARGV[10] then
  return {'conflict', 0, 0, 0, 0}
end

local version = tonumber(redis.call('HGET', KEYS[4], 'version') or '0')
if version ~= tonumber(ARGV[2]) then
  if version == tonumber(ARGV[3]) and redis.call('HGET', KEYS[4], 'event') == ARGV[8] then
    local saved = redis.call('HMGET', KEYS[4], 'before', 'after', 'ranked')
    return {'put', version, tonumber(saved[1]), tonumber(saved[2]), tonumber(saved[3])}
  end
  return {'conflict', version, 0, 0, 0}
end

-- The ranking holds negated scores, so that equal ones stand in the order of
-- their tickers.
local before = redis.call('ZRANK', KEYS[2], ARGV[4])
before = before and before + 1 or 0
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[4])
local after = redis.call('ZRANK', KEYS[2], ARGV[4]) + 1
local ranked = redis.call('ZCARD', KEYS[2])
redis.call('HSET', KEYS[3], ARGV[4], ARGV[7])
redis.call('HSET', KEYS[4], 'version', ARGV[3], 'event', ARGV[8], 'standing', ARGV[6],
  'before', before, 'after', after, 'ranked', ranked, 'enlisted', ARGV[10])
if ARGV[11] ~= '' then
  before = tonumber(ARGV[11])
end
if ARGV[9] ~= '' then
  -- The companies it passed moved down a rank, and those that passed it moved
  -- up one: the nearest ten of them, by their places from 0.
  local down, up = {}, {}
  if ARGV[11] ~= '' then
    -- It moved from one ranking to another and passed nobody here.
    down = {}
  elseif before == 0 or after < before then
    local last = before == 0 and ranked or before
    down = redis.call('ZRANGE', KEYS[2], after, math.min(after + 9, last - 1))
  elseif after > before then
    up = redis.call('ZRANGE', KEYS[2], math.max(before - 1, after - 11), after - 2)
  end
  -- The ranks are known only here; the announcer puts them into the change.
  redis.call('RPUSH', KEYS[5], ARGV[3] .. ' ' .. before .. ' ' .. after .. ' ' .. ranked ..
    ';' .. table.concat(down, ',') .. ';' .. table.concat(up, ',') .. ' ' .. ARGV[9])
end
return {'put', tonumber(ARGV[3]), before, after, ranked}
