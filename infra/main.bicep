// Everything that the service needs in Azure: `azd up`, or
// `az deployment sub create --location REGION --template-file infra/main.bicep`.
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Name of the environment; part of the names of all resources.')
param environmentName string

@description('Region of all resources: one with Flex Consumption and the model.')
param location string

@description('Object id of whoever deploys, and may read the key vault for that.')
param principalId string

@description('The `aud` of accepted tokens: the client id of the API registration (docs/sign-in.md).')
param authAudience string

@description('The `iss` of accepted tokens; empty for this subscription\'s own Entra tenant.')
param authIssuer string = ''

@description('Entra tenant ids whose tokens are accepted, by commas; empty for the issuer alone.')
param authAllowedTenants string = ''

@description('Scope that tokens acting for a user must carry; empty for none.')
param authRequiredScope string = ''

@description('Client id with which the practice page signs people in; empty to have a token pasted.')
param practiceClientId string = ''

@description('Scope that it asks for: api://CLIENT/SCOPE.')
param practiceScope string = ''

@description('Model to deploy, as `az cognitiveservices model list --location REGION` names it.')
param modelName string

@description('Its version, likewise.')
param modelVersion string

@description('Where the model may be computed: GlobalStandard, DataZoneStandard or Standard.')
param modelSku string = 'GlobalStandard'

@description('Thousands of tokens a minute.')
param modelCapacity int = 50

@description('Requests that one instance answers at the same time; the default for Python is one.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 64

@description('Instances at most.')
param maximumInstances int = 40

@description('Instances kept warm, which cost whether they are used or not.')
param alwaysReadyInstances int = 0

@description('Origins of the frontends, by commas: https://app.example.org')
param corsOrigins string = ''

@description('Whom alerts are sent to; empty to have them shown in the portal only.')
param alertEmail string = ''

@description('Object id of the database\'s Entra administrator; empty for no database.')
param databaseAdministratorId string = ''

@description('Name of that administrator; of a user, the sign-in name.')
param databaseAdministratorName string = ''

@allowed(['User', 'Group', 'ServicePrincipal'])
@description('What that administrator is.')
param databaseAdministratorType string = 'User'

@description('Whether rate limits and quotas hold across instances, by Redis.')
param redis bool = false

@secure()
@description('Key of the hash under which people appear in logs and in the database.')
param subjectKey string

@description('Further settings of the app, by name; they win over those set here.')
param furtherSettings object = {}

var token = toLower(uniqueString(subscription().id, environmentName, location))
var ownAuthority = '${environment().authentication.loginEndpoint}${tenant().tenantId}'
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
  }
}

module model 'modules/model.bicep' = {
  name: 'model'
  scope: group
  params: {
    name: 'oai-${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
    modelName: modelName
    modelVersion: modelVersion
    sku: modelSku
    capacity: modelCapacity
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    identityPrincipalId: identity.outputs.principalId
    deployerPrincipalId: principalId
    subjectKey: subjectKey
  }
}

module database 'modules/database.bicep' = if (!empty(databaseAdministratorId)) {
  name: 'database'
  scope: group
  params: {
    name: 'psql-${token}'
    location: location
    tags: tags
    administratorId: databaseAdministratorId
    administratorName: databaseAdministratorName
    administratorType: databaseAdministratorType
  }
}

module rateLimits 'modules/redis.bicep' = if (redis) {
  name: 'redis'
  scope: group
  params: {
    name: 'redis-${token}'
    location: location
    tags: tags
    vaultName: vault.outputs.name
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: 'func-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'api' })
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainerUrl: storage.outputs.packageContainerUrl
    httpConcurrency: httpConcurrency
    maximumInstances: maximumInstances
    alwaysReadyInstances: alwaysReadyInstances
    corsOrigins: empty(corsOrigins) ? [] : split(corsOrigins, ',')
    settings: union({
      AUTH_ISSUER: empty(authIssuer) ? '${ownAuthority}/v2.0' : authIssuer
      AUTH_AUDIENCE: authAudience
      AUTH_ALLOWED_TENANTS: authAllowedTenants
      AUTH_REQUIRED_SCOPE: authRequiredScope
      PRACTICE_CLIENT_ID: practiceClientId
      PRACTICE_AUTHORITY: empty(practiceClientId) ? '' : ownAuthority
      PRACTICE_SCOPE: practiceScope
      AZURE_OPENAI_ENDPOINT: model.outputs.endpoint
      AZURE_OPENAI_DEPLOYMENT: model.outputs.deployment
      SUBJECT_KEY: '@Microsoft.KeyVault(SecretUri=${vault.outputs.subjectKeyUri})'
      // An empty setting counts as not set.
      DATABASE_URL: empty(databaseAdministratorId) ? '' : 'postgresql://${identity.outputs.name}@${database!.outputs.address}'
      DATABASE_SIGN_IN: 'entra'
      RATE_LIMIT_STORAGE_URL: redis ? '@Microsoft.KeyVault(SecretUri=${rateLimits!.outputs.urlSecretUri})' : ''
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
      PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY: 'true'
      PYTHON_APPLICATIONINSIGHTS_LOGGER_NAME: 'shared'
    }, furtherSettings)
  }
}

module alerts 'alerts/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    applicationInsightsId: monitoring.outputs.applicationInsightsId
    email: alertEmail
  }
}

module workbook 'workbook/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: {
    location: location
    tags: tags
    applicationInsightsId: monitoring.outputs.applicationInsightsId
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output SERVICE_API_NAME string = app.outputs.name
output SERVICE_API_URI string = app.outputs.url
output DATABASE_ADDRESS string = empty(databaseAdministratorId) ? '' : database!.outputs.address
output DATABASE_ROLE string = identity.outputs.name
