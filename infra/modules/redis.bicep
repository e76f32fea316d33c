// Counters of rate limits and quotas, shared by all instances. Nothing is lost when they are.
param name string
param location string
param tags object
param vaultName string

var port = 10000

resource cluster 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Balanced_B0' }
  properties: {
    highAvailability: 'Disabled'
    minimumTlsVersion: '1.2'
    publicNetworkAccess: 'Enabled'
  }

  resource counters 'databases' = {
    name: 'default'
    properties: {
      // The app signs in with the address alone, so the key is part of it.
      accessKeysAuthentication: 'Enabled'
      clientProtocol: 'Encrypted'
      clusteringPolicy: 'EnterpriseCluster'
      evictionPolicy: 'VolatileLRU'
      port: port
    }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName

  resource url 'secrets' = {
    name: 'rate-limit-storage-url'
    properties: {
      value: 'rediss://:${uriComponent(cluster::counters.listKeys().primaryKey)}@${cluster.properties.hostName}:${port}'
      contentType: 'text/plain'
      // checkov:skip=CKV_AZURE_41: written anew by every deployment
    }
  }
}

output urlSecretUri string = vault::url.properties.secretUri
