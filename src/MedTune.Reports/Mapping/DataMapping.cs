using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What was read, what became of the rows, and what was found.</summary>
internal static class DataMapping
{
    /// <summary>The data of a run.</summary>
    public static DataContent Of(FinishedRun finished)
    {
        var (run, record) = (finished.Run, finished.Record);
        var content = Of(run.Data, run.Model.Manifest, run.Plan.Columns, run.Plan.Accepted);
        return content with
        {
            Source = [new("File", Path.GetFileName(record.DataPath)), .. content.Source],
            FlowEnds = Ends(run, record),
        };
    }

    /// <summary>The data of an evaluation.</summary>
    public static DataContent Of(ExternalEvaluation evaluation)
    {
        var content = Of(evaluation.Data, evaluation.Model.Manifest, [], []);
        return evaluation.FileName.Length > 0 ? content with { Source = [new("File", evaluation.FileName), .. content.Source] } : content;
    }

    private static DataContent Of(DatasetSummary data, Manifest manifest, ImmutableArray<PlanColumn> plan, ImmutableArray<string> accepted)
    {
        var columns = ColumnMapping.Of(data, manifest, plan);
        return new DataContent
        {
            Source = Source(data),
            Flow = Flow(data),
            Columns = columns,
            UnlistedColumns = data.Columns.Length - columns.Count,
            UnlistedInputs = Math.Max(0, manifest.Columns.Length - columns.Count(column => column.IsInput)),
            Findings = FindingMapping.Of(data.Findings, manifest, accepted),
        };
    }

    private static List<FactRow> Source(DatasetSummary data)
    {
        var facts = new List<FactRow>
        {
            new("Format", data.Format),
            new("Size", data.IsOfPictures ? $"{NumberText.Count(data.FileRows)} pictures" : $"{NumberText.Count(data.FileRows)} rows, {NumberText.Count(data.FileColumns)} columns"),
            new(data.HasSeveralLabels ? "Findings" : "Classes", string.Join(", ", data.Classes.Select(each =>
                $"{each.Name}: {NumberText.Count(each.Count)} ({NumberText.Percent(data.Rows > 0 ? (double)each.Count / data.Rows : double.NaN)})"))),
            new("Cells missing", $"{NumberText.Percent(data.MissingShare, 1)} of the cells a model could read"),
            new("Patients", data.Patients is int patients ? NumberText.Count(patients) : $"no column says; every {(data.IsOfPictures ? "picture" : "row")} is taken as one patient"),
        };
        if (data.IsOfPictures)
        {
            facts.RemoveAll(fact => fact.Name == "Cells missing");
        }

        if (data.Sites is int sites)
        {
            facts.Add(new("Sites", NumberText.Count(sites)));
        }

        if (data.DuplicateRows > 0)
        {
            facts.Add(data.IsOfPictures ? new("Equal pictures", $"{NumberText.Count(data.DuplicateRows)}, pixel by pixel") : new("Equal rows", $"{NumberText.Count(data.DuplicateRows)} {(data.DuplicateRows == 1 ? "equals" : "equal")} an earlier row in all inputs and the outcome"));
        }

        return facts;
    }

    private static List<FlowStep> Flow(DatasetSummary data)
    {
        var steps = new List<FlowStep> { new("Rows in the file", data.FileRows) };
        foreach (var loss in data.LeftOut.Where(loss => loss.Count > 0))
        {
            steps[^1] = steps[^1] with { LeftOut = [new FlowLoss(loss.Count, loss.Reason)] };
            steps.Add(new FlowStep("Rows left", steps[^1].Samples - loss.Count));
        }

        // Patients are counted among the rows that are used.
        steps[^1] = steps[^1] with { Label = steps.Count == 1 ? steps[0].Label : "Rows used", Patients = data.Patients };
        return steps;
    }

    private static List<FlowEnd> Ends(Run run, RunRecord record)
    {
        var ends = new List<FlowEnd>();
        int placed = 0;
        foreach (var part in run.Parts)
        {
            bool isSealed = part.Part == "test";
            if (isSealed && record.TestPath.Length > 0 && !run.Data.IsOfPictures)
            {
                // Test data given apart are not among the rows of this file.
                continue;
            }

            placed += part.Predictions.Length;
            ends.Add(new FlowEnd(
                isSealed ? record.IsTestGiven ? $"Test {(record.TestPath.Length > 0 ? "data given apart" : "part of the data")}: judged once, at the end" : "Sealed part: judged once, at the end" : "Training: judged out of fold",
                part.Predictions.Length,
                run.Model.Manifest is { HasFindings: false, Classes.Length: 2 } ? part.Predictions.Count(prediction => prediction.Target == 1) : null,
                part.Binary?.Patients ?? part.Multiclass?.Patients ?? part.Multilabel?.Patients));
        }

        if (placed < run.Data.Rows)
        {
            ends.Add(new FlowEnd("Training only: in no fold", run.Data.Rows - placed));
        }

        return ends;
    }
}
