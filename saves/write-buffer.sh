# Write buffer. A flash sale: 10 orders a second, and 100 from second 20 to second 30 of each minute.
# The database takes 40 writes a second. 50 more may wait for 5 s; who comes on top of that is turned away.
app create-database --name shop --engine rds --write-capacity 40/s --connections 50 --timeout 5s
app create-website --name direct --to database/shop --rate 10/s --pattern spike --body 'order {n}'
sleep 35
expect database/shop refusedWrites>=300
expect app/direct lost>=300
app stop --name direct
sleep 25

# The next sale, with a queue in front: the website sends, and twelve writers take as fast as the database allows.
app create-database --name buffered --engine rds --write-capacity 40/s --connections 50 --timeout 5s
aws sqs create-queue --queue-name orders --attributes VisibilityTimeout=30,ReceiveMessageWaitTimeSeconds=20
app create-website --name web --to queue/orders --rate 10/s --pattern spike --body 'order {n}'
app create-consumer --name writer --from queue/orders --concurrency 12 --time 250ms --writes database/buffered

# The sale is over and hundreds of orders wait. Nobody was turned away, and nobody waited for the database.
sleep 31
expect app/web lost=0 latencyMs.p95<=10
expect queue/orders visible>=400 expired=0

# Forty seconds later every order is written. The queue turned a peak of ten seconds into half a minute of steady work.
sleep 40
expect queue/orders visible<5 expired=0
expect database/buffered writes>=1600 refusedWrites=0
expect app/writer repeatedEffects=0
aws sqs get-queue-attributes --queue-url https://sqs.us-east-1.amazonaws.com/000000000000/orders --attribute-names ApproximateNumberOfMessages ApproximateNumberOfMessagesNotVisible

# Try: app update --name writer --concurrency 80 just before a sale. The database is full again: what happens to an order?
