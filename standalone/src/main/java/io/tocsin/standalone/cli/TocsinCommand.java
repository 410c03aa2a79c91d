package io.tocsin.standalone.cli;

import io.tocsin.standalone.deadletter.DeadLettersCommand;
import io.tocsin.standalone.demo.DemoCommand;
import io.tocsin.standalone.detect.DetectCommand;
import io.tocsin.standalone.doctor.DoctorCommand;
import io.tocsin.standalone.forward.RemoteWriteCommand;
import io.tocsin.standalone.heal.HealCommand;
import io.tocsin.standalone.migrate.ImportCommand;
import io.tocsin.standalone.migrate.MigrateCommand;
import io.tocsin.standalone.module.ModuleCommand;
import io.tocsin.standalone.scenario.TestCommand;
import io.tocsin.standalone.up.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "tocsin",
        description = "Open observability and alerting: from an OpenTelemetry exporter to one notice for one problem.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:findings, or the thing asked for did not happen", "2:usage or input error"},
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            StatusCommand.class,
            RulesCommand.class,
            RecordCommand.class,
            NotifyCommand.class,
            PromqlCommand.class,
            AlertsCommand.class,
            IncidentsCommand.class,
            SilencesCommand.class,
            SendCommand.class,
            DeadLettersCommand.class,
            RemoteWriteCommand.class,
            DetectCommand.class,
            TokenCommand.class,
            HealCommand.class,
            TestCommand.class,
            MigrateCommand.class,
            InitCommand.class,
            ImportCommand.class,
            DoctorCommand.class,
            ModuleCommand.class,
            DashboardsCommand.class,
            CompletionCommand.class,
            UserCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
public final class TocsinCommand implements Runnable {

    /** Usage or input error. */
    public static final int EXIT_INPUT = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command runs.
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Runs one command and returns its exit code. */
    public static int run(String... args) {
        CommandLine line = new CommandLine(new TocsinCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((error, commandLine, parsed) -> report(error, commandLine));
        return line.execute(args);
    }

    private static int report(Exception error, CommandLine commandLine) throws Exception {
        if (error instanceof UserError) {
            commandLine.getErr().println("tocsin: " + error.getMessage());
            return EXIT_INPUT;
        }
        throw error;
    }
}
