// What the service remembers. Signing in is by Entra alone: there is no password.
param name string
param location string
param tags object
param administratorId string
param administratorName string
param administratorType string

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Standard_B1ms'
    tier: 'Burstable'
  }
  properties: {
    version: '17'
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Disabled'
      tenantId: tenant().tenantId
    }
    storage: { storageSizeGB: 32 }
    backup: {
      backupRetentionDays: 7
      geoRedundantBackup: 'Disabled'
    }
    highAvailability: { mode: 'Disabled' }
    // Instances of Flex Consumption have no fixed address; Entra decides who may connect.
    network: { publicNetworkAccess: 'Enabled' }
  }

  resource administrator 'administrators' = {
    name: administratorId
    properties: {
      principalName: administratorName
      principalType: administratorType
      tenantId: tenant().tenantId
    }
  }

  resource questions 'databases' = {
    name: 'questions'
    dependsOn: [administrator]
  }

  // The address 0.0.0.0 stands for Azure's own networks.
  resource fromAzure 'firewallRules' = {
    name: 'from-azure'
    dependsOn: [questions]
    properties: {
      startIpAddress: '0.0.0.0'
      endIpAddress: '0.0.0.0'
    }
  }
}

output address string = '${server.properties.fullyQualifiedDomainName}:5432/questions'
