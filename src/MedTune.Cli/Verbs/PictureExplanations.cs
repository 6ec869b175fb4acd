using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MedTune.Cli.Output;
using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Prediction;

namespace MedTune.Cli.Verbs;

/// <summary><c>medtune explain</c> of pictures: writes each with the places that speak for its answer laid over it.</summary>
internal static class PictureExplanations
{
    private const int MostPictures = 100;

    /// <summary>Explains and shows.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="model">A model for pictures.</param>
    /// <param name="path">A picture, a folder, a manifest or an archive.</param>
    /// <param name="folder">Where the pictures are written.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<ExitCode> ShowAsync(Screen screen, ModelFile model, string path, string folder, int threads, CancellationToken cancellationToken)
    {
        var images = ImageSet.OpenUnlabelled(path, new ImageSetOptions { Plane = PlaneName.Parse(model.Manifest.Image?.Plane) ?? AnatomicalPlane.Axial });
        if (images.Samples.Length > MostPictures)
        {
            throw new DataException($"'{path}' holds {images.Samples.Length} pictures; at most {MostPictures} are explained at once: give one, or a folder with those in question.");
        }

        Directory.CreateDirectory(folder);
        var rows = await ProgressDisplay.ShowAsync(
            screen, progress => Task.Run(() => Write(images, model, folder, threads, progress, cancellationToken), cancellationToken)).ConfigureAwait(false);
        if (screen.IsJson)
        {
            screen.Json(new JsonObject
            {
                ["target"] = model.Manifest.Target,
                ["pictures"] = new JsonArray([.. rows.Select(row => (JsonNode?)new JsonObject
                {
                    ["picture"] = row.Name,
                    ["class"] = row.Answer.Class,
                    ["probability"] = JsonText.Number(ProbabilityOf(row.Answer, model.Manifest)),
                    ["findings"] = model.Manifest.HasFindings ? FindingTables.Document(row.Answer, model.Manifest) : null,
                    ["files"] = JsonText.Texts(row.Files),
                })]),
            });
            return ExitCode.Done;
        }

        var table = new ConsoleTable().Column("picture").Column("answer").Numbers(model.Manifest.HasFindings ? "of the likeliest" : "probability").Column("where it comes from");
        foreach (var row in rows)
        {
            table.Row(row.Name, model.Manifest.HasFindings ? FindingTables.Words(row.Answer) : row.Answer.Class, FigureText.Figure(ProbabilityOf(row.Answer, model.Manifest)), string.Join(", ", row.Files));
        }

        screen.Table(table);
        screen.Paragraph("Violet places speak a little for the answer, yellow ones most. They show what the model looked at, not that it is right.");
        return ExitCode.Done;
    }

    private static double ProbabilityOf(Prediction.Prediction answer, Manifest manifest) => manifest.HasFindings ? answer.Probability : answer.Probabilities[manifest.Classes.IndexOf(answer.Class)];

    private static List<(string Name, Prediction.Prediction Answer, ImmutableArray<string> Files)> Write(
        ImageSet images, ModelFile model, string folder, int threads, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        using var explainer = new ImageExplainer(model, threads);
        var rows = new List<(string, Prediction.Prediction, ImmutableArray<string>)>();
        foreach (var sample in images.Samples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (answer, maps) = explainer.Explain(images.Read(sample));
            var files = ImmutableArray.CreateBuilder<string>();
            foreach (var map in maps)
            {
                string finding = model.Manifest.HasFindings ? "." + string.Concat(map.Class.Select(letter => char.IsLetterOrDigit(letter) ? letter : '-')) : "";
                string file = Path.Combine(folder, $"{string.Join('-', sample.Name.Split(['/', '\\', '#', ':']))}{finding}.{map.Method.ToLowerInvariant()}.png");
                ResultFile.Write(file, map.Overlay.Png.AsMemory());
                files.Add(file);
            }

            rows.Add((sample.Name, answer, files.ToImmutable()));
            progress.Report(new TrainingProgress("explaining", rows.Count, images.Samples.Length, ""));
        }

        return rows;
    }
}
