FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /app
COPY pom.xml ./
RUN mvn --batch-mode dependency:go-offline
COPY src src
RUN mvn --batch-mode package -DskipTests

FROM build AS test
RUN mvn --batch-mode test

FROM eclipse-temurin:25-jre-noble
# A quarter of the container's memory is left for what is not on the heap. Out of memory it ends, and is started anew.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"
ENV PORT={{port}}
COPY --from=build /app/target/*.jar /app/app.jar
USER 10001:10001
EXPOSE {{port}}
ENTRYPOINT ["java", "-jar", "/app/app.jar"]
