WITH doubled AS (SELECT member_id, min(flag) AS flag FROM public.flags GROUP BY member_id HAVING count(*) > 1)
DELETE FROM public.flags f USING doubled d WHERE f.member_id = d.member_id AND f.flag = d.flag;
