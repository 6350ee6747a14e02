# Mobile push. A platform application, an endpoint for each device, and what happens when a device is gone.
app create-endpoint --name ana-phone --kind mobile
app create-endpoint --name ben-phone --kind mobile
APP=$(aws sns create-platform-application --name shop --platform GCM --attributes PlatformCredential=key,PlatformPrincipal=shop --query PlatformApplicationArn --output text)
ANA=$(aws sns create-platform-endpoint --platform-application-arn $APP --token ana-phone --query EndpointArn --output text)
BEN=$(aws sns create-platform-endpoint --platform-application-arn $APP --token ben-phone --query EndpointArn --output text)
aws sns publish --target-arn $ANA --message 'your parcel is there'
aws sns create-topic --name sale
aws sns subscribe --topic-arn sale --protocol application --notification-endpoint $ANA
aws sns subscribe --topic-arn sale --protocol application --notification-endpoint $BEN
aws sns publish --topic-arn sale --message 'everything at half the price'
sleep 2
expect endpoint/ana-phone accepted=2
expect endpoint/ben-phone accepted=1

# Ben deletes the app. The platform answers 410, SNS disables his endpoint, and says so from then on.
app update --name ben-phone --answers 410
aws sns publish --target-arn $BEN --message 'where are you'
sleep 2
aws sns get-endpoint-attributes --endpoint-arn $BEN
aws sns publish --target-arn $BEN --message 'where are you' || true
expect endpoint/ben-phone accepted=1

# Try: app update --name ben-phone --answers 200, and aws sns set-endpoint-attributes with Enabled=true.
