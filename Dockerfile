# One image, one program; docker-compose.yml says which part of it each container plays.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish silo/Warehouse.Silo.csproj -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
COPY samples ./samples
# A new volume mounted here takes over this owner, so that the program, which is not root, can write its journal.
RUN mkdir /data && chown $APP_UID /data
USER $APP_UID
ENTRYPOINT ["dotnet", "Warehouse.Silo.dll"]
