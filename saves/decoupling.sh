# Decoupling. A shop has videos converted; one takes two seconds. Two front ends, the same visitors, the same work.
# "direct" hands each video to the back end itself: a database that takes 3 writes a second, and lets the rest wait.
app create-database --name converter --engine rds --write-capacity 3/s --connections 20 --timeout 10s
app create-website --name direct --to database/converter --rate 6/s --body 'video {n}'

# "queued" only puts a request on a queue. Its back end works at its own pace, behind the visitor's back.
aws sqs create-queue --queue-name videos --attributes VisibilityTimeout=60,ReceiveMessageWaitTimeSeconds=20
app create-website --name queued --to queue/videos --rate 6/s --body 'video {n}'
app create-consumer --name encoder --from queue/videos --concurrency 6 --time 2s

# A minute later. The visitors of "direct" wait for seconds, and some give up: the slow step is their problem.
sleep 60
expect app/direct latencyMs.p95>=3000 lost>=10

# The visitors of "queued" have their answer within 10 ms, all of them. What is not converted yet waits in the queue.
expect app/queued latencyMs.p95<=10 lost=0
expect queue/videos visible>=100 expired=0

# The back end grows on its own; the front end does not notice. Half a minute later the queue is shorter.
app update --name encoder --concurrency 24
sleep 40
expect queue/videos visible<20
expect app/queued latencyMs.p95<=10 lost=0
aws sqs get-queue-attributes --queue-url https://sqs.us-east-1.amazonaws.com/000000000000/videos --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible

# Try: app stop --name encoder, sleep 60, app start --name encoder. Who notices that the back end was away?
