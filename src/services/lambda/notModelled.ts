/** Operations of Lambda that are refused by name, and what there is instead. */
export const NOT_MODELLED: readonly string[] = `
AddLayerVersionPermission CheckpointDurableExecution CreateAlias CreateCapacityProvider CreateCodeSigningConfig
CreateFunctionUrlConfig DeleteAlias DeleteCapacityProvider DeleteCodeSigningConfig DeleteFunctionCodeSigningConfig
DeleteFunctionUrlConfig DeleteLayerVersion DeleteProvisionedConcurrencyConfig DeleteResourcePolicy GetAlias
GetCapacityProvider GetCodeSigningConfig GetDurableExecution GetDurableExecutionHistory GetDurableExecutionState
GetFunctionCodeSigningConfig GetFunctionRecursionConfig GetFunctionScalingConfig GetFunctionUrlConfig GetLayerVersion
GetLayerVersionByArn GetLayerVersionPolicy GetProvisionedConcurrencyConfig GetResourcePolicy
GetRuntimeManagementConfig InvokeAsync InvokeWithResponseStream ListAliases ListCapacityProviders
ListCodeSigningConfigs ListDurableExecutionsByFunction ListFunctionUrlConfigs
ListFunctionVersionsByCapacityProvider ListFunctionsByCodeSigningConfig ListLayerVersions ListLayers
ListProvisionedConcurrencyConfigs ListVersionsByFunction PublishLayerVersion PublishVersion
PutFunctionCodeSigningConfig PutFunctionRecursionConfig PutFunctionScalingConfig PutProvisionedConcurrencyConfig
PutResourcePolicy PutRuntimeManagementConfig RemoveLayerVersionPermission SendDurableExecutionCallbackFailure
SendDurableExecutionCallbackHeartbeat SendDurableExecutionCallbackSuccess StopDurableExecution UpdateAlias
UpdateCapacityProvider UpdateCodeSigningConfig UpdateFunctionUrlConfig`
  .trim()
  .split(/\s+/u);

export const INSTEAD: Readonly<Record<string, string>> = {
  InvokeAsync: 'lambda invoke --invocation-type Event leaves an event',
  PublishVersion: 'a function has $LATEST alone',
  CreateAlias: 'a function has $LATEST alone',
  CreateFunctionUrlConfig: 'lambda invoke calls a function',
  PutProvisionedConcurrencyConfig: 'there are no cold starts here',
  PutResourcePolicy: 'lambda add-permission writes the policy',
};
