// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/certificate_check.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

Bio Read(const std::string& pem) { return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))); }

// Instead of asking the terminal for a passphrase.
int NoPassphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) { return -1; }

Certificate FirstCertificate(const std::string& pem) {
  Certificate certificate(PEM_read_bio_X509(Read(pem).get(), nullptr, NoPassphrase, nullptr));
  ERR_clear_error();
  return certificate;
}

absl::Time ToTime(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return absl::InfinitePast();
  return absl::FromTimeT(timegm(&parts));
}

}  // namespace

absl::StatusOr<absl::Time> CheckTlsFiles(const TlsFiles& files, absl::Time now) {
  const Certificate certificate = FirstCertificate(files.certificate);
  if (certificate == nullptr) {
    return InvalidField("tls.certificate_file", "holds no certificate; write the server's chain in PEM, its own first");
  }
  const Key key(PEM_read_bio_PrivateKey(Read(files.key).get(), nullptr, NoPassphrase, nullptr));
  ERR_clear_error();
  if (key == nullptr) return InvalidField("tls.key_file", "holds no private key in PEM without a passphrase");
  const bool match = X509_check_private_key(certificate.get(), key.get()) == 1;
  ERR_clear_error();
  if (!match) {
    return InvalidField("tls.key_file",
                        "is not the key of the certificate in tls.certificate_file; replace both files");
  }
  const absl::Time from = ToTime(X509_get0_notBefore(certificate.get()));
  const absl::Time until = ToTime(X509_get0_notAfter(certificate.get()));
  if (now < from) {
    return InvalidField("tls.certificate_file",
                        absl::StrCat("is not valid before ", absl::FormatTime(from, absl::UTCTimeZone())));
  }
  if (now >= until) {
    return InvalidField("tls.certificate_file", absl::StrCat("ended on ", absl::FormatTime(until, absl::UTCTimeZone()),
                                                             "; put a new certificate there"));
  }
  if (!files.client_ca.empty() && FirstCertificate(files.client_ca) == nullptr) {
    return InvalidField("tls.client_ca_file", "holds no certificate in PEM");
  }
  return until;
}

}  // namespace communique::platform
