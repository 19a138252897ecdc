-- Numbers of events come from a sequence here, which never gives one twice: nothing is to be done.

SELECT 1;
