using System.Collections.Immutable;
using MedTune.Data.Images;
using MedTune.Prediction;
using MedTune.Training;

namespace MedTune.Modalities.Images;

/// <summary>Makes the evidence about a model of pictures.</summary>
internal sealed class ImageEvidenceMaker : IDisposable
{
    // Sides in pixels and counts keep a page of radiographs below 3 MB, and one of coloured pictures too.
    private const int GreySide = 224, ColourSide = 168, OverlaySide = 160, SmallSide = 112, TileSide = 84;
    private const int MostShown = 4, MostErrors = 6, MostHard = 12, MostTwins = 4, MostNearest = 3, SheetPictures = 5, SheetVariants = 6;
    private const int FewestCases = 2;
    private const ulong SheetStream = 1;

    private readonly ImageEvidenceInputs _inputs;
    private readonly ImageSaliency _saliency;
    private int _cases;
    private bool _isCut;

    private ImageEvidenceMaker(ImageEvidenceInputs inputs) => (_inputs, _saliency) = (inputs, new ImageSaliency(inputs.Graph, inputs.Values, inputs.Pool));

    private EvidencePart Judged => _inputs.Judged ?? _inputs.Training;

    /// <summary>All of it, in the order in which a reader asks.</summary>
    /// <exception cref="MedTune.Data.DataException">A picture cannot be read any more.</exception>
    /// <exception cref="ModelFileException">The graph is no model of pictures.</exception>
    public static ImageEvidence Of(ImageEvidenceInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var maker = new ImageEvidenceMaker(inputs);
        var inspection = inputs.Inspection;
        var cases = JudgedCase.All(inputs.Images, maker.Judged, inputs.Thresholds);
        var shortcuts = inspection is null ? null : AcquisitionShortcuts.Of(inputs.Images, inspection.Measures, inputs.Training.Samples, inputs.Seed, inputs.Pool, inputs.Cancellation);
        var shown = maker.Cases(JudgedCase.Typical(cases, MostShown), "shown cases");
        var worst = maker.Cases(JudgedCase.Worst(cases, MostErrors), "worst errors");
        var (robustness, inTime) = maker.Robustness();
        return new ImageEvidence
        {
            Flow = inspection?.Flow(inputs.Images) ?? [],
            Findings = [.. inspection?.Findings ?? [], .. AcquisitionShortcuts.Report(shortcuts) is { } finding ? [finding] : Array.Empty<Data.Finding>()],
            Twins = maker.Twins(),
            ContactSheet = maker.Sheet(),
            Shown = shown,
            WorstErrors = worst,
            Reread = maker.Hard(),
            Robustness = robustness,
            RobustnessInTime = inTime,
            NearestInTime = inputs.NearestInTime,
            CasesInTime = maker._isCut ? maker._cases : inputs.CasesInTime,
            Shortcuts = shortcuts,
            NoGradCam = maker._saliency.NoGradCam ?? "",
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _saliency.Dispose();

    private ImmutableArray<TwinCase> Twins()
    {
        // Pairs that disagree first, then those on two sides of a split.
        var images = _inputs.Images;
        var twins = (_inputs.Inspection?.Twins ?? [])
            .OrderBy(twin => JudgedCase.Label(images, twin.First) != JudgedCase.Label(images, twin.Second) ? 0 : images.Samples[twin.First].Part != images.Samples[twin.Second].Part ? 1 : 2)
            .ThenBy(twin => twin.First).ThenBy(twin => twin.Second).Take(MostTwins);
        return [.. twins.Select(twin => new TwinCase(Small(twin.First), Small(twin.Second), twin.IsExact, Label(twin.First), Label(twin.Second)))];

        string Label(int sample) => JudgedCase.Label(images, sample) + (images.Samples[sample].Part is { } part ? $" ({part})" : "");
    }

    private ContactSheet? Sheet()
    {
        if (_inputs.Policy.IsNone)
        {
            return null;
        }

        // The variants are numbered by the picture's row among those that train, as training numbers them.
        int[] rows = EvidenceDraw.Of([.. Enumerable.Range(0, _inputs.Training.Samples.Length)], SheetPictures, _inputs.Seed, SheetStream);
        return ContactSheetDrawing.Of(
            [.. rows.Select(row => (row, Read(_inputs.Training.Samples[row])))], SheetVariants, _inputs.Policy, _inputs.Seed, TileSide);
    }

    private ImmutableArray<PictureCase> Cases(ImmutableArray<JudgedCase> chosen, string stage)
    {
        var cases = ImmutableArray.CreateBuilder<PictureCase>();
        foreach (var each in chosen)
        {
            if (_cases >= (_inputs.CasesInTime ?? int.MaxValue))
            {
                break;
            }

            if (_isCut || (_cases >= FewestCases && _inputs.TimeIsUp?.Invoke() == true))
            {
                _isCut = true;
                break;
            }

            _cases++;
            int sample = Judged.Samples[each.Row];
            var picture = Read(sample);
            cases.Add(new PictureCase(EvidencePictures.Of(picture, picture.Channels == 1 ? GreySide : ColourSide), Judged.Name, each.Truth, each.Answer, each.Probability)
            {
                Name = Name(sample),
                Saliency = Saliency(picture, each.Class),
                Nearest = Nearest(sample, each.Row),
            });
            _inputs.Progress?.Report(new TrainingProgress(stage, cases.Count, chosen.Length, ""));
        }

        return cases.ToImmutable();
    }

    private ImmutableArray<SaliencyPicture> Saliency(PixelImage picture, int @class)
    {
        SaliencyMap?[] maps = [_saliency.GradCam(picture, @class), _saliency.Occlusion(picture, @class)];
        return [.. maps.OfType<SaliencyMap>().Select(map => new SaliencyPicture(
            map.Method, _inputs.Images.Classes[@class], EvidencePictures.Overlay(picture, map, OverlaySide), map.Meaning))];
    }

    private ImmutableArray<NearestPicture> Nearest(int sample, int row)
    {
        var training = _inputs.Training;
        if (training.Features is not { Samples: > 0 } known || (Judged.Features is null && _inputs.Look is null))
        {
            return [];
        }

        var asked = Judged.Features is { } all ? all.Row(row) : _inputs.Look!(row).Row(0);
        int Sample(int place) => training.Samples[training.Seen?[place] ?? place];

        string? patient = _inputs.Images.Samples[sample].Patient;
        var found = NearestCases.Of(asked, known, MostNearest, other => Sample(other) != sample && (patient is null || _inputs.Images.Samples[Sample(other)].Patient != patient));
        return [.. found.Select(near => new NearestPicture(
            EvidencePictures.Of(Read(Sample(near.Row)), TileSide), JudgedCase.Label(_inputs.Images, Sample(near.Row)), near.Similarity))];
    }

    private ImmutableArray<RereadPicture> Hard() =>
    [
        .. _inputs.Hard.Where(example => example.Kind != HardExampleKind.Easy).Take(MostHard).Select(example =>
        {
            int sample = _inputs.Training.Samples[example.Sample];
            bool isFinding = _inputs.Images.HasSeveralLabels;
            string label = isFinding ? JudgedCase.Words(_inputs.Images, example.Finding, _inputs.Images.Samples[sample].Labels[example.Finding] == 1) : JudgedCase.Label(_inputs.Images, sample);
            string believed = isFinding ? JudgedCase.Words(_inputs.Images, example.Finding, example.Believed == 1) : _inputs.Images.Classes[example.Believed];
            return new RereadPicture(Small(sample), Reason(example.Kind), example.Suspicion, label, believed)
            {
                Name = Name(sample),
            };
        }),
    ];

    private (ImageRobustness? Figures, int? InTime) Robustness()
    {
        int most = _inputs.RobustnessInTime ?? _inputs.RobustnessPictures;
        if (most < 2)
        {
            return (null, _inputs.RobustnessInTime);
        }

        bool isCut = false;
        var figures = QualityRobustness.Of(
            _inputs.Images, Judged.Name, Judged.Samples, most, _saliency.Probabilities, _inputs.Seed, _inputs.Pool, _inputs.Progress, _ => isCut = _inputs.TimeIsUp?.Invoke() == true, _inputs.Cancellation);
        return (figures, isCut ? figures?.Pictures ?? 0 : _inputs.RobustnessInTime);
    }

    private static string Reason(HardExampleKind kind) => kind switch
    {
        HardExampleKind.Mislabelled => "mislabelled",
        HardExampleKind.Ambiguous => "ambiguous",
        _ => "rare",
    };

    private EvidencePicture Small(int sample) => EvidencePictures.Of(Read(sample), SmallSide);

    private string? Name(int sample) => _inputs.ShowsNames ? _inputs.Images.Samples[sample].Name : null;

    private PixelImage Read(int sample)
    {
        _inputs.Cancellation.ThrowIfCancellationRequested();
        return _inputs.Images.Read(_inputs.Images.Samples[sample]);
    }
}
