using MedTune.Data.Images;
using MedTune.Prediction;
using MedTune.Tests.House;

namespace MedTune.Tests;

/// <summary>What cannot be ruled out of each of several findings, and corrections of a picture that is named twice.</summary>
public sealed class FindingSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sets_OfEachFinding_AreInModelFiguresAndAnswers()
    {
        string manifest = MadeFindings.Write(_folder);
        var run = (await Runs.TrainAsync(MadeFindings.Request(_folder, manifest) with { Models = ["frozen"] }, _folder["run"])).Run;
        var rules = run.Model.Manifest.FindingSets!.Value;

        Assert.Equal(3, rules.Length);
        Assert.All(rules, rule => Assert.Equal(0.9, rule.Coverage));
        Assert.All(run.Parts, part => Assert.Equal(3, part.FindingSets.Length));
        var own = run.Parts[0].Predictions;
        double covered = own.Count(prediction => (prediction.Targets[1] == 1 ? 1 - prediction.Probabilities[1] : prediction.Probabilities[1]) <= rules[1].Threshold) / (double)own.Length;
        Assert.InRange(covered, 0.9, 1);
        Assert.InRange(run.Metrics.OutOfFold["set_coverage_lying"].Value, 0.8, 1);

        using var predictor = new ImagePredictor(ModelFile.Load(_folder["run"]), threads: 1);
        var set = ImageSet.OpenUnlabelled(manifest);
        var answers = Enumerable.Range(0, 20).Select(i => predictor.Predict(set.Read(set.Samples[i]))).ToArray();
        Assert.All(answers, answer => Assert.Equal(
            rules.Select((rule, k) => string.Join('|', new[] { answer.Probabilities[k] <= rule.Threshold ? "absent" : "", 1 - answer.Probabilities[k] <= rule.Threshold ? "present" : "" }.Where(side => side.Length > 0))),
            answer.FindingSets.Select(sides => string.Join('|', sides))));
        var finished = await Runs.VerifyAsync(_folder["run"]);
        Assert.True(finished.IsEqual);
    }

    [Fact]
    public async Task Corrections_OfAPictureThatIsNamedTwice_HoldForBoth()
    {
        string manifest = MadeFindings.Write(_folder);
        File.AppendAllText(manifest, $"3.png,{MadeFindings.Label(3)},P3\n4.png,{MadeFindings.Label(4)},P4\n");
        var request = MadeFindings.Request(_folder, manifest) with { Models = ["frozen"] };
        string answers = _folder.Write("answers.csv", $"picture,finding,answer\n3.png,lying,drop\n4.png,lying,{(MadeFindings.Has(4, 1) ? "absent" : "present")}\n");

        var run = (await Runs.TrainAsync(request with { CorrectionsPath = answers }, _folder["run"])).Run;

        Assert.Equal(MadeFindings.Count, run.Data.Rows);
        Assert.Equal(2, run.Parts.SelectMany(part => part.Predictions).Count(prediction => prediction.Name == "4.png" && prediction.Targets[1] == (MadeFindings.Has(4, 1) ? 0 : 1)));
    }
}
