using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What was read, what became of the rows, and what was found.</summary>
internal static class DataMapping
{
    /// <summary>The data of a run.</summary>
    public static DataContent Of(FinishedRun finished, ReportWords words)
    {
        var (run, record) = (finished.Run, finished.Record);
        var content = Of(run.Data, run.Model.Manifest, run.Plan.Columns, run.Plan.Accepted, words);
        return content with
        {
            Source = [new(words.Of("File", "文件"), Path.GetFileName(record.DataPath)), .. content.Source],
            FlowEnds = Ends(run, record, words),
        };
    }

    /// <summary>The data of an evaluation.</summary>
    public static DataContent Of(ExternalEvaluation evaluation, ReportWords words)
    {
        var content = Of(evaluation.Data, evaluation.Model.Manifest, [], [], words);
        return evaluation.FileName.Length > 0 ? content with { Source = [new(words.Of("File", "文件"), evaluation.FileName), .. content.Source] } : content;
    }

    private static DataContent Of(DatasetSummary data, Manifest manifest, ImmutableArray<PlanColumn> plan, ImmutableArray<string> accepted, ReportWords words)
    {
        var columns = ColumnMapping.Of(data, manifest, plan, words);
        return new DataContent
        {
            Source = Source(data, words),
            Flow = Flow(data, words),
            Columns = columns,
            UnlistedColumns = data.Columns.Length - columns.Count,
            UnlistedInputs = Math.Max(0, manifest.Columns.Length - columns.Count(column => column.IsInput)),
            Findings = FindingMapping.Of(data.Findings, manifest, accepted, words),
        };
    }

    private static List<FactRow> Source(DatasetSummary data, ReportWords words)
    {
        if (data.Genes != GeneForm.None)
        {
            return [new(words.Of("Format", "格式"), words.Given(data.Format)), .. GeneMapping.Facts(data, words)];
        }

        var facts = new List<FactRow>
        {
            new(words.Of("Format", "格式"), words.Given(data.Format)),
            new(words.Of("Size", "大小"), data.IsOfPictures
                ? words.Of($"{NumberText.Count(data.FileRows)} pictures", $"{NumberText.Count(data.FileRows)} 幅图像")
                : words.Of(
                    $"{NumberText.Count(data.FileRows)} rows, {NumberText.Count(data.FileColumns)} columns",
                    $"{NumberText.Count(data.FileRows)} 条记录，{NumberText.Count(data.FileColumns)} 列")),
            new(data.HasSeveralLabels ? words.Of("Findings", "征象") : words.Of("Classes", "类别"), string.Join(words.Of(", ", "，"), data.Classes.Select(each =>
                each.Name + words.Of(": ", "：") + NumberText.Count(each.Count) + words.InBrackets(NumberText.Percent(data.Rows > 0 ? (double)each.Count / data.Rows : double.NaN))))),
        };
        if (!data.IsOfPictures)
        {
            string share = NumberText.Percent(data.MissingShare, 1);
            facts.Add(new(words.Of("Cells missing", "缺失的单元格"), words.Of($"{share} of the cells a model could read", $"模型可读单元格的 {share}")));
        }

        facts.Add(new(words.Of("Patients", "患者"), data.Patients is int patients
            ? NumberText.Count(patients)
            : words.Of(
                $"no column says; every {(data.IsOfPictures ? "picture" : "row")} is taken as one patient",
                $"没有列标明患者；每{(data.IsOfPictures ? "幅图像" : "条记录")}视为一例患者")));

        if (data.Sites is int sites)
        {
            facts.Add(new(words.Of("Sites", "中心"), NumberText.Count(sites)));
        }

        if (data.DuplicateRows > 0)
        {
            string equal = NumberText.Count(data.DuplicateRows);
            facts.Add(data.IsOfPictures
                ? new(words.Of("Equal pictures", "相同图像"), words.Of($"{equal}, pixel by pixel", $"{equal} 幅，逐像素相同"))
                : new(words.Of("Equal rows", "相同记录"), words.Of(
                    $"{equal} {(data.DuplicateRows == 1 ? "equals" : "equal")} an earlier row in all inputs and the outcome",
                    $"{equal} 条的所有输入和结局与前面某条记录相同")));
        }

        return facts;
    }

    private static List<FlowStep> Flow(DatasetSummary data, ReportWords words)
    {
        var (first, left, used) = data.Genes != GeneForm.None
            ? GeneMapping.Flow(data.Genes, words)
            : (words.Of("Rows in the file", "文件中的记录"), words.Of("Rows left", "剩余记录"), words.Of("Rows used", "使用的记录"));
        var steps = new List<FlowStep> { new(first, data.FileRows) };
        foreach (var loss in data.LeftOut.Where(loss => loss.Count > 0))
        {
            steps[^1] = steps[^1] with { LeftOut = [new FlowLoss(loss.Count, words.Given(loss.Reason))] };
            steps.Add(new FlowStep(left, steps[^1].Samples - loss.Count));
        }

        // Patients are counted among the rows that are used.
        steps[^1] = steps[^1] with { Label = steps.Count == 1 ? steps[0].Label : used, Patients = data.Patients };
        return steps;
    }

    private static List<FlowEnd> Ends(Run run, RunRecord record, ReportWords words)
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
                !isSealed ? words.Of("Training: judged out of fold", "训练：折外评价")
                    : !record.IsTestGiven ? words.Of("Sealed part: judged once, at the end", "封存集：最后评价一次")
                    : record.TestPath.Length > 0 ? words.Of("Test data given apart: judged once, at the end", "单独给出的测试数据：最后评价一次")
                    : words.Of("Test part of the data: judged once, at the end", "数据自带的测试部分：最后评价一次"),
                part.Predictions.Length,
                run.Model.Manifest is { HasFindings: false, Classes.Length: 2 } ? part.Predictions.Count(prediction => prediction.Target == 1) : null,
                run.Data.Genes == GeneForm.Sequence ? null : part.Binary?.Patients ?? part.Multiclass?.Patients ?? part.Multilabel?.Patients));
        }

        if (placed < run.Data.Rows)
        {
            ends.Add(new FlowEnd(words.Of("Training only: in no fold", "仅用于训练：不在任何折中"), run.Data.Rows - placed));
        }

        return ends;
    }
}
