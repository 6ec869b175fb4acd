using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What the model is, looks at and was made from.</summary>
internal static class ModelMapping
{
    public const string AsIs = "as is";
    public const string NewIntercept = "new intercept";
    public const string ShrunkRefit = "shrunk refit";

    /// <summary>The model of a run.</summary>
    public static ModelContent Of(Run run, RowNoun rows)
    {
        var content = Of(run.Model);
        var chosen = run.Candidates.FirstOrDefault(candidate => candidate.IsChosen);
        string setting = chosen is null ? "" : chosen.Shares.IsEmpty ? chosen.Setting : Members(run, chosen);
        return content with
        {
            Description = Description(run.Model.Manifest, run.Model.Manifest.Parent is null ? setting : "", rows)
                + (chosen is { Shares.IsEmpty: false } ? " The shares were found on rows that no member was fitted to." : ""),
            Lineage = content.Lineage is { } lineage ? lineage with { Tried = CandidateMapping.Of(run) } : null,
        };
    }

    /// <summary>A model at hand.</summary>
    public static ModelContent Of(ModelFile model) => new()
    {
        Description = Description(model.Manifest, "", RowNoun.Case),
        Effects = EffectMapping.Of(model),
        Lineage = model.Manifest.Parent is { } parent ? Lineage(parent, model.Manifest) : null,
    };

    /// <summary>What a stack is made of, each member with its setting and its share.</summary>
    private static string Members(Run run, CandidateResult stack)
    {
        var members = stack.Shares.Select(share =>
            $"{share.Key} ({run.Candidates.FirstOrDefault(candidate => candidate.Name == share.Key)?.Setting}) {NumberText.Percent(share.Value)}");
        return $"the weighted mean of the log-odds of {string.Join(", ", members)}";
    }

    private static string Description(Manifest manifest, string setting, RowNoun rows)
    {
        string kind = ChartWords.Sentence(manifest.ModelKind) + (setting.Length > 0 ? $", {setting}" : "");
        string fitted = manifest.Parent is { Adaptation: AsIs }
            ? "taken over unchanged; only its threshold was chosen anew, on"
            : "fitted to";
        string calibration = manifest.Calibration == "none" ? "" : $" {MethodMapping.Calibration(manifest)}";
        return $"{kind}, {fitted} {rows.Count(manifest.TrainingSamples)}.{calibration}";
    }

    private static LineageContent Lineage(ManifestParent parent, Manifest manifest)
    {
        string adaptation = manifest.Parent!.Adaptation switch
        {
            AsIs => "Nothing in it was changed but the decision threshold.",
            NewIntercept => "Its intercept was fitted anew, which moves all risks up or down together; everything else is as it was.",
            "intercept and slope" => "Its intercept and the spread of its risks were fitted anew; the order in which it puts people is as it was.",
            ShrunkRefit => "All its weights were fitted anew, held back towards their old values; its preprocessing and calibration are as they were.",
            "last layer" => "The weights of its last layer were fitted anew, held back towards their old values; all layers before are as they were.",
            "all layers" => "All its layers were trained on from where they were, by small steps, until samples kept aside no longer gained.",
            "leaves refitted" => "Its trees ask the same questions; each leaf got a correction, held back towards none.",
            "boosting continued" => "It is as it was, with further small trees that correct it for the new data.",
            "mixture" => "It is one part of a weighted mean, with adapted copies of it and models trained on the new data alone; the weights come from inner validation.",
            var other => $"It was only compared with: the model is {other}.",
        };
        var ancestors = new List<string>();
        for (var each = parent.Parent; each is not null; each = each.Parent)
        {
            ancestors.Add($"{Named(each)}, sha256 {each.Digest[..Math.Min(12, each.Digest.Length)]}");
        }

        string earlier = ancestors.Count == 0 ? "" : $" The source model was itself made from {string.Join(", which was made from ", ancestors)}.";
        string target = string.Equals(parent.Target, manifest.Target, StringComparison.Ordinal) ? "" : $" Its own target was {parent.Target}.";
        return new LineageContent(Named(parent), parent.Digest)
        {
            IsUnchanged = parent.Adaptation == AsIs,
            ParentDescription = adaptation + target + earlier,
        };
    }

    private static string Named(ManifestParent parent) => $"a {parent.ModelKind} made with {NumberText.Count(parent.TrainingSamples)} rows of other data";
}
