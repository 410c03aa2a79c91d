// Sends one span, one counter and one log record with the stock SDK, set up by the standard environment variables.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploggrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/log"
	"go.opentelemetry.io/otel/metric"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

type exporters struct {
	spans   sdktrace.SpanExporter
	metrics sdkmetric.Exporter
	logs    sdklog.Exporter
}

func overGrpc(ctx context.Context) (exporters, error) {
	spans, one := otlptracegrpc.New(ctx)
	metrics, two := otlpmetricgrpc.New(ctx)
	logs, three := otlploggrpc.New(ctx)
	return exporters{spans, metrics, logs}, errors.Join(one, two, three)
}

func overHTTP(ctx context.Context) (exporters, error) {
	spans, one := otlptracehttp.New(ctx)
	metrics, two := otlpmetrichttp.New(ctx)
	logs, three := otlploghttp.New(ctx)
	return exporters{spans, metrics, logs}, errors.Join(one, two, three)
}

// send makes one of each and flushes all three; a refused export is an error here.
func send(ctx context.Context, to exporters, marker string) error {
	traces := sdktrace.NewTracerProvider(sdktrace.WithBatcher(to.spans))
	_, span := traces.Tracer("e2e").Start(ctx, "span "+marker,
		trace.WithAttributes(attribute.String("marker", marker)))
	span.End()

	metrics := sdkmetric.NewMeterProvider(sdkmetric.WithReader(sdkmetric.NewPeriodicReader(to.metrics)))
	counter, err := metrics.Meter("e2e").Int64Counter("e2e.calls", metric.WithUnit("{call}"))
	if err != nil {
		return err
	}
	counter.Add(ctx, 3, metric.WithAttributes(attribute.String("marker", marker)))

	logs := sdklog.NewLoggerProvider(sdklog.WithProcessor(sdklog.NewBatchProcessor(to.logs)))
	var record log.Record
	record.SetSeverity(log.SeverityWarn)
	record.SetBody(attribute.StringValue("log " + marker))
	logs.Logger("e2e").Emit(ctx, record)

	return errors.Join(traces.ForceFlush(ctx), metrics.ForceFlush(ctx), logs.ForceFlush(ctx))
}

func main() {
	ctx := context.Background()
	open := overHTTP
	if os.Getenv("OTEL_EXPORTER_OTLP_PROTOCOL") == "grpc" {
		open = overGrpc
	}
	to, err := open(ctx)
	if err == nil {
		err = send(ctx, to, os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("sent")
}
